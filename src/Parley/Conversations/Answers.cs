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
        : new Answer(outcome.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created, Written(http.Principal(), outcome.Entries.Last(entry => types is [] ? entry.Type == "message" : types.Contains(entry.Type))));

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

    /// <summary>One entry; where the author was told of it by a stream, the very same bytes.</summary>
    private ReadOnlyMemory<byte> Written(Principal who, Entry entry) => who.Wrote(entry.Author) ? wire.Own(entry, Of(who)) : wire.Write(entry, Of(who), own: false);

    private static Answer Json(int status, Action<Utf8JsonWriter> write) => new(status, Platform.Json.Bytes(write, static (writer, it) => it(writer)));

    private sealed class Answer(int status, ReadOnlyMemory<byte> body) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = body.Length;
            return http.Response.Body.WriteAsync(body).AsTask();
        }
    }
}
