using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Log;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts;

public class MergingTests
{
    private static readonly ContactId Guest = ContactId.New(new Clock());
    private static readonly ContactId Ana = ContactId.New(new Clock());
    private static readonly ContactId Phone = ContactId.New(new Clock());
    private static readonly ConversationId Elsewhere = ConversationId.New(new Clock());
    private static readonly Origin ByKim = new(WorkspaceId.New(new Clock()), new Author(AuthorKind.Agent, AgentId.New(new Clock()).Value), "k");
    private static readonly ContactKind Kind = new();

    [Fact, Trait("row", "PA6")]
    public void PA6_Both_sides_say_it_and_whoever_was_the_one_is_the_other_now()
    {
        var it = Contact.None with { Joined = [Phone], Brought = [Phone], Hidden = [Elsewhere] };
        var decision = Decide(it, Contact.None, [Phone], new Described(Source.Typed, "Ana"));
        decision.Refusal.ShouldBeNull();
        decision.Drafts.Select(draft => (draft.Subject, draft.Body.GetType().Name)).ShouldBe(
        [
            (null, nameof(ContactMerged)), (Contact.Subject(Phone), nameof(ContactMerged)), (Contact.Subject(Ana), nameof(ContactAbsorbed)), (Contact.Subject(Ana), nameof(Described)),
        ]);
        decision.Overwrites.ShouldBeEmpty("The log is only added to.");
        Fold(it, decision.Drafts[0].Body).ShouldSatisfyAllConditions(one => one.Person.ShouldBe(Ana), one => one.Becomes.ShouldBeNull(), one => one.Generation.ShouldBe(0, "Nobody is signed out by it."));
        var after = Fold(Contact.None, decision.Drafts[2].Body);
        (after.Joined.Length, after.Brought.Length, after.Hidden.Single()).ShouldBe((2, 0, Elsewhere));
    }

    [Fact, Trait("row", "PA6")]
    public void PA6_What_cannot_be_one_is_refused_with_the_field()
    {
        Refused(Decide(Contact.None, Contact.None with { Erased = true })).ShouldBe("merge.erased into erased");
        Refused(Decide(Contact.None, null)).ShouldBe("merge.unknown into unknown");
        Refused(Kind.Decide(Contact.None, new MergeContact(ByKim, Guest, Guest, [], null), new Deciding(Clock.Morning, 3, new Dictionary<Subject, (object, long)>()))).ShouldBe("merge.self into self");
        Refused(Decide(Contact.None with { Person = Ana }, Contact.None)).ShouldBe("merge.self into self");
        Decide(Contact.None with { Erased = true }, Contact.None).Refusal!.Code.ShouldBe("contact.erased");
        Decide(Contact.None with { Joined = [Phone] }, Contact.None).Refusal.ShouldBe(Merging.Changed, "Somebody joined in the meantime.");
        Decide(Contact.None, Contact.None with { Person = Phone }).Refusal.ShouldBe(Merging.Changed);
    }

    [Fact]
    public void Only_what_was_not_known_is_carried_over()
    {
        var from = new Profile(Guest) { Name = "Nan", Email = "nan@example.test", Phone = "1", Attributes = ImmutableSortedDictionary<string, Profile.Known>.Empty.Add("boat", new("Laser", Source.Agent)).Add("plan", new("Free", Source.Agent)) };
        var into = new Profile(Ana) { Name = "Ana", Attributes = ImmutableSortedDictionary<string, Profile.Known>.Empty.Add("plan", new("Club", Source.Agent)) };
        var carried = Merging.Carried(from, into);
        (carried.Name, carried.Email, carried.Phone, carried.Attributes!.Single().Key).ShouldBe((null, "nan@example.test", "1", "boat"));
        Merging.Carried(into, from).SaysNothing.ShouldBeTrue();
    }

    private static string Refused(Decision decision) => $"{decision.Refusal!.Code} {decision.Refusal.Errors.Single().Field} {decision.Refusal.Errors.Single().Code}";

    private static Contact Fold(Contact it, EntryBody body) => (Contact)Kind.Apply(it, new Entry
    {
        Workspace = ByKim.Workspace, Subject = Contact.Subject(Guest), Seq = 4, Position = 4, At = Clock.Morning, Type = "x", V = 1, Author = ByKim.Author, Visibility = Visibility.Internal, Command = "c", Body = body,
    });

    private static Decision Decide(Contact it, Contact? other, ImmutableArray<ContactId>? group = null, Described? carried = null) => Kind.Decide(
        it, new MergeContact(ByKim, Guest, Ana, group ?? [], carried), new Deciding(Clock.Morning, 3, new Dictionary<Subject, (object, long)> { [Contact.Subject(Ana)] = (other ?? Contact.None, other is null ? 0 : 1) }));
}
