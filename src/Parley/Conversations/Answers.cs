using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>What routes answer with: entries, pages of them, and what a command led to.</summary>
public sealed class Answers(EntryWire wire)
{
    /// <summary>201 with the message that the command wrote; 200 with the first one when it was a repeat.</summary>
    public IResult Message(HttpContext http, Outcome outcome, params string[] types) => outcome.Refusal is { } refusal
        ? refusal.Problem()
        : Json(outcome.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created, writer => Write(writer, http, outcome.Entries.Last(entry => types is [] ? entry.Type == "message" : types.Contains(entry.Type))));

    /// <summary>200 with all that the command wrote; an empty list when it was so already.</summary>
    public IResult Entries(HttpContext http, Outcome outcome) => outcome.Refusal is { } refusal
        ? refusal.Problem()
        : Json(StatusCodes.Status200OK, writer => Page(writer, http, "entries", outcome.Entries.Where(entry => Access.May(http.Principal(), entry)), null));

    public IResult Page(HttpContext http, TimelinePage page) =>
        Json(StatusCodes.Status200OK, writer => Page(writer, http, "items", page.Items.Where(entry => Access.May(http.Principal(), entry)), page.More));

    public IResult Opened(HttpContext http, Outcome outcome, ThreadCard card) => Json(outcome.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created, writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("conversation"u8);
        JsonSerializer.Serialize(writer, card, Platform.Json.Options);
        writer.WritePropertyName("entry"u8);
        // The words; a form that stood before them follows as a message of its own.
        Write(writer, http, outcome.Entries.First(entry => entry.Type == "message"));
        writer.WriteEndObject();
    });

    private static Audience Of(Principal who) => who is VisitorPrincipal ? Audience.Customer : Audience.Agent;

    private void Page(Utf8JsonWriter writer, HttpContext http, string name, IEnumerable<Entry> entries, bool? more)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(name);
        foreach (var entry in entries)
        {
            Write(writer, http, entry);
        }

        writer.WriteEndArray();
        if (more is not null)
        {
            writer.WriteBoolean("more"u8, more.Value);
        }

        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, HttpContext http, Entry entry)
    {
        var who = http.Principal();
        wire.Write(writer, entry, Of(who), own: who.Wrote(entry.Author));
    }

    private static Answer Json(int status, Action<Utf8JsonWriter> write) => new(status, write);

    private sealed class Answer(int status, Action<Utf8JsonWriter> write) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public async Task ExecuteAsync(HttpContext http)
        {
            var buffer = new ArrayBufferWriter<byte>(1024);
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Platform.Json.Options.Encoder, SkipValidation = true }))
            {
                write(writer);
            }

            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = buffer.WrittenCount;
            await http.Response.Body.WriteAsync(buffer.WrittenMemory);
        }
    }
}
