using Microsoft.AspNetCore.Http;

namespace Parley.Platform.Realtime;

/// <summary>The same frames as Server-Sent Events, where a proxy forbids WebSockets. It only speaks.</summary>
public sealed class EventLine(HttpContext http, LineLimits limits, ReadOnlyMemory<byte> tooSlow) : Line(limits)
{
    private static readonly byte[] Data = "data: "u8.ToArray();
    private static readonly byte[] Done = "\n\n"u8.ToArray();

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override ReadOnlyMemory<byte> TooSlow => tooSlow;

    /// <summary>Sends the headers at once: a client must not take silence for a broken way.</summary>
    public async Task Open()
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.StartAsync();
        await http.Response.Body.FlushAsync();
    }

    /// <summary>Until the client goes or the line is closed.</summary>
    public async Task Hear()
    {
        await using var gone = http.RequestAborted.Register(() => _closed.TrySetResult());
        await _closed.Task;
        Cut();
        while (Writing)
        {
            // The answer must not be touched once its request is over.
            await Task.Delay(10);
        }
    }

    protected override async ValueTask Write(ReadOnlyMemory<byte> frame)
    {
        var body = http.Response.BodyWriter;
        Append(body, Data);
        Append(body, frame.Span);
        Append(body, Done);
        await body.FlushAsync(http.RequestAborted);
    }

    protected override ValueTask Close()
    {
        _closed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    protected override void Abort()
    {
        if (_closed.TrySetResult())
        {
            http.Abort();
        }
    }

    private static void Append(System.IO.Pipelines.PipeWriter body, ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(body, bytes);
}
