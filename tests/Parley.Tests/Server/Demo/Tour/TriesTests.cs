using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Server.Demo.Tour;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Server.Demo.Tour;

public class TriesTests
{
    private static readonly ContactId Ana = ContactId.New(TimeProvider.System);
    private static readonly ContactId Mila = ContactId.New(TimeProvider.System);
    private static readonly Author Noor = new(AuthorKind.Agent, Guid.CreateVersion7());
    private static readonly Subject Hers = new("conversation", Guid.CreateVersion7());
    private static readonly Subject Other = new("conversation", Guid.CreateVersion7());

    private readonly HashSet<ContactId> _here = [Ana, Mila];
    private readonly Tries _tries;
    private long _seq;

    public TriesTests() => _tries = new Tries(contact => contact == Mila, _here.Contains);

    [Fact]
    public void OP3_Everything_on_the_list_can_be_done_and_is_ticked_by_what_happened()
    {
        _tries.Done.ShouldBeEmpty();
        Write(Hers, Of(Ana), new Message(Content.Of("Is it blue?")));
        _tries.Done.ShouldBe(["ask"]);
        Write(Hers, Noor, new Message(Content.Of("It is.")));
        Write(Hers, Noor, new Note("@Ravi?", [new AgentId(Guid.CreateVersion7())]));
        _tries.Done.ShouldBe(["ask", "answer", "note"]);

        Write(Hers, Of(Ana), new Message(new Content("text", "Navy") { Choice = "2" }));
        _tries.Done.ShouldBe(["ask", "answer", "note", "choose"]);
        _here.Remove(Ana);
        _tries.Look();
        _tries.Done.ShouldContain("leave");
        var missed = Write(Hers, Noor, new Message(Content.Of("Still there?")));
        Mark(Hers, Noor, missed);
        Mark(Hers, Of(Ana), missed - 1);
        _tries.Done.ShouldNotContain("away");
        Mark(Hers, Of(Ana), missed);
        _tries.Done.ShouldContain("away");

        var contact = new Subject("contact", Ana.Value);
        Write(contact, Of(Ana), new Visited(new Visit("computer")));
        Write(contact, Of(Ana), new Visited(new Visit("computer")));
        _tries.Done.ShouldNotContain("telephone");
        Write(contact, Of(Ana), new Visited(new Visit("telephone")));
        Write(Hers, Noor, new Closed("manual"));
        Write(Hers, Of(Ana), new Message(Content.Of("One more thing")));
        Write(Hers, Noor, new Notified("mail", missed, missed));
        Write(Hers, Noor, new Promised(DateTimeOffset.UnixEpoch, Ground.Learned));
        Write(Hers, Noor, new InboxSet(1, Of(Parley.Workspaces.Profile.Blended)));
        Write(Hers, Noor, new InboxSet(2, Of(Parley.Workspaces.Profile.StrictLive)));
        _tries.Done.ShouldNotContain("night");
        _tries.Done.ShouldNotContain("strict");
        Write(Hers, Noor, new Promised(DateTimeOffset.UnixEpoch, Ground.OpeningHours));
        Write(Hers, Noor, new InboxSet(3, Of(Parley.Workspaces.Profile.Blended)));
        Write(Other, Noor, new Message(Content.Of("Hello Mila")));
        Write(Other, Of(Mila), new Message(Content.Of("Hello Noor")));
        _tries.Done.ShouldBe(Tries.All.Select(one => one.Id));
    }

    [Fact]
    public void What_simulated_customers_do_among_themselves_ticks_nothing()
    {
        Write(Other, Of(Mila), new Message(Content.Of("Hello?")));
        Write(Other, Of(Mila), new Message(Content.Of("Anybody?")));
        _here.Remove(Mila);
        _tries.Look();
        _tries.Done.ShouldBeEmpty();
    }

    private static InboxSettings Of(Parley.Workspaces.Profile profile) => new("Shop", "web", default, profile, [], [], Wording.None);

    private static Author Of(ContactId contact) => new(AuthorKind.Contact, contact.Value);

    private long Write(Subject subject, Author author, EntryBody body)
    {
        var entry = new Entry
        {
            Workspace = default, Subject = subject, Seq = ++_seq, Position = _seq, At = DateTimeOffset.UnixEpoch, Type = "any", V = 1, Author = author, Visibility = Visibility.Public, Command = $"{_seq}", Body = body,
        };
        _tries.Hear(new Committed(default, [entry], [], _seq));
        return _seq;
    }

    private void Mark(Subject subject, Author author, long seq) =>
        _tries.Hear(new Committed(default, ImmutableArray<Entry>.Empty, [new Mark(subject, Seeing.SeenMark, author, seq, DateTimeOffset.UnixEpoch)], _seq));
}
