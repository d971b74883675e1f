using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Blobs;
using Parley.Platform.Mail.Threads;
using Parley.Workspaces;
using Parley.Workspaces.Accounts;
using Found = Parley.Conversations.Found;

namespace Parley.Channels;

/// <summary>What somebody said, passed on to somebody else: the words with who said them and when, and copies of its files. Nothing else of the thread.</summary>
internal sealed class Forwards(FileStore files, BlobStore blobs, People people, Rosters rosters, Homes homes, TimeProvider time)
{
    private const int Kept = Content.TextLimit - 300;

    /// <param name="text">What stands above it.</param>
    /// <param name="wish">The files that go along; null: all of them.</param>
    public async Task<Content> Of(AgentPrincipal who, Found found, Entry entry, string? text, IReadOnlyList<FileId>? wish)
    {
        var content = ((Message)entry.Body).Content;
        var telling = TellingOf(who.Workspace, found.State.Inbox);
        var said = Quoted(content, await Head(who.Workspace, found, entry, content, telling), (text ?? "").Trim());
        var copies = ImmutableArray.CreateBuilder<FileCard>();
        if (said.Whole is { } rest)
        {
            copies.Add(await Copy(who, new StoredFile(FileId.New(time), "message.txt", Encoding.UTF8.GetByteCount(rest), "text/plain", null, null), new MemoryStream(Encoding.UTF8.GetBytes(rest), writable: false)));
        }

        foreach (var file in (content.Files ?? []).Where(file => wish?.Contains(file.Id) != false).Take(Content.FilesLimit - copies.Count))
        {
            if (await blobs.Open(file.Id.Value) is { } bytes)
            {
                copies.Add(await Copy(who, new StoredFile(FileId.New(time), file.Name, file.Size, file.Mime, file.Width, file.Height), bytes));
            }
        }

        return new Content("text", said.Text, Files: copies.Count == 0 ? null : copies.ToImmutable());
    }

    /// <summary>What it is about, passed on: as its mail says, or the one before it in the thread that does.</summary>
    /// <param name="before">The thread up to it.</param>
    public string Subject(WorkspaceId workspace, Found found, IEnumerable<Entry> before) =>
        Subjects.Forward(before.Select(entry => (entry.Body as Message)?.Content.Mail is { Unverified: not true, Subject: { Length: > 0 } subject } ? subject : null).LastOrDefault(subject => subject is not null) ?? TellingName(workspace, found));

    /// <summary>What colleagues read in both threads: where it went, or where it came from.</summary>
    public async Task<WriteNote> Note(Origin origin, ConversationId into, ConversationId other, string? to, Conversation it)
    {
        var home = await homes.Find(origin.Workspace);
        var where = home is null ? other.ToString() : $"{home}/#/mine/{other}";
        var language = Sayings.Spoken(TellingOf(origin.Workspace, it.Inbox), null);
        return new WriteNote(origin, into, (language, to) switch
        {
            ("de", null) => $"Weitergeleitet aus {where}",
            ("nl", null) => $"Doorgestuurd uit {where}",
            ("es", null) => $"Reenviado de {where}",
            (_, null) => $"Forwarded from {where}",
            ("de", _) => $"Weitergeleitet an {to}: {where}",
            ("nl", _) => $"Doorgestuurd naar {to}: {where}",
            ("es", _) => $"Reenviado a {to}: {where}",
            _ => $"Forwarded to {to}: {where}",
        });
    }

    private Telling TellingOf(WorkspaceId workspace, InboxId inbox) => rosters.Now(workspace) is var roster && roster.Inbox(inbox) is { } card ? Telling.Of(roster, card.Settings) : Telling.Plain;

    private async Task<string> Head(WorkspaceId workspace, Found found, Entry entry, Content content, Telling telling)
    {
        var language = Sayings.Spoken(telling, content.Language);
        var (from, date, subject) = ForwardWords.Head(language);
        var at = telling.Local(entry.OccurredAt ?? entry.At).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var lines = new List<string> { ForwardWords.Line(language), $"{from}: {await Who(workspace, found, entry, content)}", $"{date}: {at}" };
        if (content.Mail?.Subject is { } about)
        {
            lines.Add($"{subject}: {about}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>A colleague by the name that customers know; the customer by what is known of them.</summary>
    private async Task<string> Who(WorkspaceId workspace, Found found, Entry entry, Content content)
    {
        if (entry.Author.Kind != AuthorKind.Contact)
        {
            return entry.Author is { Kind: AuthorKind.Agent, Id: { } agent } && rosters.Now(workspace).Agent(new AgentId(agent)) is { } card ? card.Name : TellingName(workspace, found);
        }

        var (name, address) = content.Mail?.From is { } from ? (from.Name, from.Address) : await people.Behind(workspace, found.State.Contact, found.Id) is { } person ? (person.Name, person.Email) : (null, null);
        return (name, address) switch { ({ } called, { } at) => $"{called} <{at}>", ({ } called, _) => called, (_, { } at) => at, _ => "?" };
    }

    private string TellingName(WorkspaceId workspace, Found found) => rosters.Now(workspace) is var roster && roster.Inbox(found.State.Inbox) is { } inbox ? roster.Brand(inbox.Settings.Brand)?.Name ?? "" : "";

    /// <summary>What has no room in one message goes along as a file, whole.</summary>
    private static (string Text, string? Whole) Quoted(Content content, string head, string above)
    {
        var words = content.Plain().Trim();
        var room = Kept - above.Length - head.Length;
        var (shown, rest) = words.Length <= room ? (words, null) : (room < 100 ? "…" : Degrading.Pieces(words, room)[0] + "\n…", words);
        return (string.Join("\n\n", new[] { above, $"{head}\n\n{shown}".TrimEnd() }.Where(part => part.Length > 0)), rest);
    }

    /// <exception cref="Platform.Web.ProblemException">429 <c>files.unsent</c>.</exception>
    private async Task<FileCard> Copy(AgentPrincipal who, StoredFile file, Stream content)
    {
        await using (content)
        {
            return await files.Keep(who.Workspace, who.Author, source: null, file, content)
                ? new FileCard(file.Id, file.Name, file.Size, file.Mime, file.Width, file.Height)
                : throw new Platform.Web.ProblemException(new("files.unsent", "Too much was uploaded from here and not sent. Send it first, or wait.", 429));
        }
    }
}

/// <summary>The head of what is passed on, as mail programs write it.</summary>
internal static class ForwardWords
{
    public static string Line(string language) => language switch
    {
        "de" => "---------- Weitergeleitete Nachricht ----------",
        "nl" => "---------- Doorgestuurd bericht ----------",
        "es" => "---------- Mensaje reenviado ----------",
        _ => "---------- Forwarded message ----------",
    };

    public static (string From, string Date, string Subject) Head(string language) => language switch
    {
        "de" => ("Von", "Datum", "Betreff"),
        "nl" => ("Van", "Datum", "Onderwerp"),
        "es" => ("De", "Fecha", "Asunto"),
        _ => ("From", "Date", "Subject"),
    };
}
