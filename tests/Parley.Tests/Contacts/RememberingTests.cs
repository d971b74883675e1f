using Parley.Contacts;
using Parley.Log;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts;

public class RememberingTests
{
    private static readonly ContactId Ana = ContactId.New(new Clock());
    private static readonly Author Kim = new(AuthorKind.Agent, AgentId.New(new Clock()).Value);
    private static readonly Author Noor = new(AuthorKind.Agent, AgentId.New(new Clock()).Value);
    private static readonly Origin ByKim = new(WorkspaceId.New(new Clock()), Kim, "k");

    [Fact]
    public void A_note_is_written_and_said_otherwise_by_whoever_wrote_it()
    {
        Decide(new NoteContact(ByKim, Ana, " Sails a Laser ")).Drafts.Single().Body.ShouldBe(new ContactNoted("Sails a Laser"));
        Decide(new EditContactNote(ByKim, Ana, 4, "Sails a 470", Kim)).Drafts.Single().Body.ShouldBe(new ContactNoteEdited(4, "Sails a 470"));
        Decide(new EditContactNote(ByKim, Ana, 4, "Sails a 470", Noor)).Refusal!.Code.ShouldBe("note.notOwn");
        Decide(new EditContactNote(ByKim, Ana, 4, "Sails a 470", null)).Refusal!.Code.ShouldBe("note.unknown");
    }

    [Fact]
    public void What_is_taken_back_says_nothing_any_more()
    {
        var decision = Decide(new DropContactNote(ByKim, Ana, 4, Kim, May: false));
        decision.Drafts.Single().Body.ShouldBe(new ContactNoteDropped(4));
        decision.Overwrites.Single().ShouldBe(new Overwrite(Contact.Subject(Ana), 4, "deleted"));
        Decide(new DropContactNote(ByKim, Ana, 4, Noor, May: false)).Refusal!.Code.ShouldBe("note.notOwn");
        Decide(new DropContactNote(ByKim, Ana, 4, Noor, May: true)).Refusal.ShouldBeNull();
        Decide(new DropContactNote(ByKim, Ana, 4, null, May: true)).Refusal!.Code.ShouldBe("note.unknown");
    }

    [Theory]
    [InlineData("", "note.empty")]
    [InlineData("  ", "note.empty")]
    [InlineData(null, "note.tooLong")]
    public void A_note_says_something_and_no_book(string? text, string code)
    {
        var refusal = Decide(new NoteContact(ByKim, Ana, text ?? new string('x', Remembering.Longest + 1))).Refusal!;
        (refusal.Code, refusal.Errors.Single().Field).ShouldBe((code, "text"));
    }

    private static Decision Decide(Command command) => new ContactKind().Decide(Contact.None, command, new Deciding(Clock.Morning, 3, new Dictionary<Subject, (object, long)>()));
}
