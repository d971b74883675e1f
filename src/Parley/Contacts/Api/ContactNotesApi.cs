using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Contacts.Api;

/// <summary>What colleagues noted about a person, newest first, whoever of the contacts that are this person it was written of.</summary>
internal static class ContactNotesApi
{
    /// <param name="Contact">In whose timeline it stands: under this one it is changed.</param>
    /// <param name="Versions">What it said before, the latest last.</param>
    internal sealed record View(ContactId Contact, long Seq, string Text, Author Author, string? Name, DateTimeOffset At, DateTimeOffset? EditedAt, IReadOnlyList<Version> Versions);

    internal sealed record Version(string Text, DateTimeOffset At);

    internal sealed record Wish(string Text);

    internal sealed record Notes(IReadOnlyList<View> Items);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/contacts/{id}/notes").WithTags("Contacts").RequireAgent();
        group.MapGet("/", All).WithName("listContactNotes").Produces<Notes>();
        group.MapPost("/", Post).WithName("addContactNote").Produces<View>(StatusCodes.Status201Created);
        group.MapPatch("/{seq:long}", Patch).WithName("editContactNote").Produces<View>();
        group.MapDelete("/{seq:long}", Delete).WithName("removeContactNote").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> All(ContactId id, HttpContext http, People people, LogReader log, Rosters rosters)
    {
        if (await ContactsApi.Find(http.Principal(), people, id) is null)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var notes = new List<View>();
        foreach (var contact in await people.Same(http.Principal().Workspace, id))
        {
            notes.AddRange(await Of(contact, log, rosters.Now(http.Principal().Workspace)));
        }

        return Results.Ok(new Notes([.. notes.OrderByDescending(note => note.At)]));
    }

    private static async Task<IResult> Post(ContactId id, Wish body, HttpContext http, People people, LogReader log, Rosters rosters, Desk desk)
    {
        if (await ContactsApi.Find(http.Principal(), people, id) is not { } profile)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var outcome = await desk.Handle(new NoteContact(http.Origin(), profile.Id, Platform.Words.Clean(body.Text)));
        return outcome.Refusal is { } refusal ? refusal.Problem()
            : Results.Json(await One(profile.Id, outcome.Entries[^1].Seq, log, rosters.Now(http.Principal().Workspace)), statusCode: outcome.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static async Task<IResult> Patch(ContactId id, long seq, Wish body, HttpContext http, People people, LogReader log, Rosters rosters, Desk desk)
    {
        if (await ContactsApi.Find(http.Principal(), people, id) is null)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var note = await One(id, seq, log, rosters.Now(http.Principal().Workspace));
        var outcome = await desk.Handle(new EditContactNote(http.Origin(), id, seq, Platform.Words.Clean(body.Text), note?.Author));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.Ok(await One(id, seq, log, rosters.Now(http.Principal().Workspace)));
    }

    private static async Task<IResult> Delete(ContactId id, long seq, HttpContext http, People people, LogReader log, Rosters rosters, Desk desk)
    {
        if (await ContactsApi.Find(http.Principal(), people, id) is null)
        {
            return Refusal.Unknown(Contact.Kind).Problem();
        }

        var note = await One(id, seq, log, rosters.Now(http.Principal().Workspace));
        var outcome = await desk.Handle(new DropContactNote(http.Origin(), id, seq, note?.Author, http.Principal() is not AgentPrincipal { Role: < Role.Supervisor }));
        return outcome.Refusal is { } refusal ? refusal.Problem() : Results.NoContent();
    }

    private static async Task<View?> One(ContactId contact, long seq, LogReader log, Roster roster) => (await Of(contact, log, roster)).Find(note => note.Seq == seq);

    /// <summary>What stands in one timeline. What was taken back says nothing any more and is not there.</summary>
    private static async Task<List<View>> Of(ContactId contact, LogReader log, Roster roster)
    {
        var subject = Contact.Subject(contact);
        var notes = (await log.OfType(subject, "contactNoted", 0)).Where(entry => entry.Body is ContactNoted).ToList();
        var edits = (notes.Count == 0 ? [] : await log.OfType(subject, "contactNoteEdited", 0)).Where(entry => entry.Body is ContactNoteEdited).ToLookup(entry => ((ContactNoteEdited)entry.Body).Of);
        return notes.Where(note => note.Workspace == roster.Id).Select(note => Seen(contact, note, [.. edits[note.Seq]], roster)).ToList();
    }

    private static View Seen(ContactId contact, Entry note, IReadOnlyList<Entry> edits, Roster roster)
    {
        var said = edits.Select(edit => new Version(((ContactNoteEdited)edit.Body).Text, edit.At)).Prepend(new Version(((ContactNoted)note.Body).Text, note.At)).ToList();
        var name = note.Author is { Kind: AuthorKind.Agent, Id: { } agent } ? roster.Agent(new AgentId(agent))?.Name : null;
        return new(contact, note.Seq, said[^1].Text, note.Author, name, note.At, edits.Count == 0 ? null : edits[^1].At, said[..^1]);
    }
}
