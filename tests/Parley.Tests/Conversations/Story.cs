using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Shouldly;

namespace Parley.Tests.Conversations;

/// <summary>Given what happened, when somebody wishes, then this is written: <c>Given(…).When(…).Then(…)</c>. Pure; no store, no clock but its own.</summary>
internal sealed class Story
{
    public static readonly WorkspaceId Lighthouse = WorkspaceId.From(Bytes(1));
    public static readonly InboxId Shop = InboxId.From(Bytes(2));
    public static readonly BrandId Brand = BrandId.From(Bytes(3));
    public static readonly AgentId Kim = AgentId.From(Bytes(10));
    public static readonly AgentId Noor = AgentId.From(Bytes(11));
    public static readonly TeamId Sails = TeamId.From(Bytes(20));
    public static readonly ContactId Ana = ContactId.From(Bytes(30));
    public static readonly ContactId Ben = ContactId.From(Bytes(31));
    public static readonly ConversationId It = ConversationId.From(Bytes(40));
    public static readonly Terms Blended = new("blended", 72);
    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ConversationKind _kind = new();
    private readonly List<Entry> _entries = [];
    private Decision? _decision;

    public DateTimeOffset Now { get; private set; } = Noon;

    public Conversation State { get; private set; } = Conversation.None;

    public long Seq => _entries.Count;

    public Decision Decision => _decision ?? throw new InvalidOperationException("Nobody wished anything yet.");

    /// <summary>A thread that Ana opened with a message: opened, episodeOpened, message.</summary>
    public static Story AnaWrote() => new Story().Given(ByAna, new Opened(Shop, Brand, Ana, "web"), new EpisodeOpened(1, Blended), new Message(Content.Of("Hello?")));

    public static Origin ByAna => new(Lighthouse, new Author(AuthorKind.Contact, Ana.Value), "a");

    public static Origin ByKim => new(Lighthouse, new Author(AuthorKind.Agent, Kim.Value), "k");

    public static Origin ByNoor => new(Lighthouse, new Author(AuthorKind.Agent, Noor.Value), "n");

    public Story Given(Origin by, params EntryBody[] bodies)
    {
        foreach (var body in bodies)
        {
            Append(by.Author, body, body.Visibility);
        }

        return this;
    }

    public Story After(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public Story When(Command command)
    {
        var others = command.Others.ToDictionary(subject => subject, _ => ((object)new object(), 0L));
        _decision = _kind.Decide(State, command, new Deciding(Now, Seq, others));
        return this;
    }

    /// <summary>What was decided is written, and the story goes on.</summary>
    public Story Done()
    {
        foreach (var draft in Decision.Drafts)
        {
            Append(ByKim.Author, draft.Body, draft.Visibility ?? draft.Body.Visibility);
        }

        return this;
    }

    public Story Then(params EntryBody[] expected)
    {
        Decision.Refusal.ShouldBeNull();
        Decision.Drafts.Select(draft => draft.Body).ShouldBe(expected);
        return this;
    }

    public Story ThenNothing() => Then();

    /// <param name="flaw">The field that is named, and what is wrong with it: <c>choice unknown</c>.</param>
    public Story ThenRefused(string code, int? status = null, string? flaw = null)
    {
        Decision.Refusal.ShouldNotBeNull().Code.ShouldBe(code);
        Decision.Drafts.ShouldBeEmpty();
        if (status is not null)
        {
            Decision.Refusal.Status.ShouldBe(status.Value);
        }

        if (flaw is not null)
        {
            Decision.Refusal.Errors.Select(error => $"{error.Field} {error.Code}").ShouldBe([flaw]);
        }

        return this;
    }

    public Target Target(long seq)
    {
        var entry = _entries[(int)seq - 1];
        return new Target(seq, entry.Type, entry.Author, entry.Visibility, entry.Body is RedactedBody);
    }

    private static byte[] Bytes(byte last) => [.. new byte[15], last];

    private void Append(Author author, EntryBody body, Visibility visibility)
    {
        var type = ConversationKind.Entries.Single(type => type.Record == body.GetType());
        var entry = new Entry
        {
            Workspace = Lighthouse,
            Subject = Conversation.Subject(It),
            Seq = Seq + 1,
            Position = Seq + 1,
            At = Now,
            Type = type.Name,
            V = type.V,
            Author = author,
            Visibility = visibility,
            Command = "given",
            Body = body,
        };
        _entries.Add(entry);
        State = (Conversation)_kind.Apply(State, entry);
    }
}
