using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Platform;

namespace Parley.Inbox.Lists;

/// <summary>Small JSON, written at once with its length.</summary>
internal sealed class WrittenJson(Action<Utf8JsonWriter> write) : IResult
{
    public static void Next(Utf8JsonWriter writer, string? next, string name = "next")
    {
        if (next is not null)
        {
            writer.WriteString(name, next);
        }
    }

    public async Task ExecuteAsync(HttpContext http)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder, SkipValidation = true }))
        {
            write(writer);
        }

        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = buffer.WrittenCount;
        await http.Response.Body.WriteAsync(buffer.WrittenMemory);
    }
}
