using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Server.Demo.Mailbox;

/// <summary>
/// The mail server that Parley hands its mails to in the demo, by the same lines as to any other (RFC 5321): it listens on this machine, takes everything, and
/// sends nothing on. So what the demo's mailbox shows went all the way that a mail goes, but for the last mile.
/// </summary>
internal sealed class PostOffice : IAsyncDisposable
{
    private const int LongestLetter = 4 << 20;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Letters _letters;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _open;
    private bool _closed;

    public PostOffice(Letters letters)
    {
        _letters = letters;
        _listener.Start();
        _open = Open();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where the demo cannot start, whoever began it and what was made of it both end it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, true))
        {
            return;
        }

        await _closing.CancelAsync();
        _listener.Stop();
        await _open;
        _listener.Dispose();
        _closing.Dispose();
    }

    /// <summary>One after the other: there is one who calls.</summary>
    private async Task Open()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                using var caller = await _listener.AcceptTcpClientAsync(_closing.Token);
                await Serve(caller);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or InvalidOperationException)
            {
                // Whoever called hung up, or the demo ends; the next may call.
            }
        }
    }

    private async Task Serve(TcpClient caller)
    {
        await using var stream = caller.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        await using var writer = new StreamWriter(stream, Encoding.Latin1, leaveOpen: true) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 lighthouse.test");
        while (await reader.ReadLineAsync(_closing.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    await writer.WriteLineAsync(Kept(await Letter(reader)) ? "250 kept" : "552 5.3.4 too long");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 yes");
                    break;
            }
        }
    }

    private bool Kept(string? text)
    {
        if (text is not null)
        {
            _letters.Keep(text);
        }

        return text is not null;
    }

    /// <summary>Until a line that is a dot; a dot that begins a longer one was doubled (RFC 5321, 4.5.2). Null: too long, and read to its end.</summary>
    private async Task<string?> Letter(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_closing.Token) is { } line && line != ".")
        {
            if (text.Length < LongestLetter)
            {
                text.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
            }
        }

        return text.Length < LongestLetter ? text.ToString() : null;
    }
}
