using Parley.Contacts;
using Parley.Log;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Contacts;

public class JoiningTests
{
    private static readonly WorkspaceId Lighthouse = WorkspaceId.New(new Clock());
    private static readonly ContactId Guest = ContactId.New(new Clock());
    private static readonly ContactId Person = ContactId.New(new Clock());
    private static readonly ContactId Stranger = ContactId.New(new Clock());
    private static readonly ConversationId Thread = ConversationId.New(new Clock());
    private static readonly ConversationId Other = ConversationId.New(new Clock());
    private static readonly InboxId Inbox = InboxId.New(new Clock());
    private static readonly Join Wish = new(new Origin(Lighthouse, new Author(AuthorKind.Contact, Guest.Value), "j"), Guest, Person, "laptop");

    [Fact]
    public void A_thread_of_this_device_and_this_half_hour_comes_along() =>
        Decide(With((Thread, "laptop", 29))).Drafts.Select(draft => (draft.Subject, draft.Body.GetType())).ShouldBe([(null, typeof(ContactJoined)), (Contact.Subject(Person), typeof(ContactTaken))]);

    [Fact]
    public void What_is_older_or_of_another_device_stays_hidden()
    {
        Taken(Decide(With((Thread, "laptop", 1), (Other, "laptop", 31)))).Hidden.ShouldBe([Other]);
        Taken(Decide(With((Thread, "laptop", 1), (Other, "telephone", 1)))).Hidden.ShouldBe([Other]);
    }

    [Fact]
    public void With_nothing_to_bring_along_nobody_joins()
    {
        foreach (var guest in new[] { With((Thread, "laptop", 31)), With() })
        {
            Decide(guest).Drafts.Single().ShouldBe(new Draft(new GenerationRaised("identified", "laptop")));
        }
    }

    [Fact]
    public void Who_is_somebody_already_joins_nobody()
    {
        var guest = With((Thread, "laptop", 1));
        Decide(guest with { Person = Person }).Refusal!.Code.ShouldBe("contact.joined");
        Decide(guest with { Verified = true }).Refusal!.Code.ShouldBe("contact.joined");
        Decide(guest with { Joined = [Stranger] }).Refusal!.Code.ShouldBe("contact.joined");
        Decide(guest with { Erased = true }).Refusal!.Code.ShouldBe("contact.erased");
    }

    [Fact]
    public void Nobody_joins_who_is_not_there_or_gone_or_not_themselves()
    {
        var guest = With((Thread, "laptop", 1));
        Decide(guest, seq: 0).Refusal!.Code.ShouldBe("contact.joined");
        Decide(guest, Contact.None with { Erased = true }).Refusal!.Code.ShouldBe("contact.joined");
        Decide(guest, Contact.None with { Person = Stranger }).Refusal!.Code.ShouldBe("contact.joined");
    }

    private static ContactTaken Taken(Decision decision) => decision.Drafts.Select(draft => draft.Body).OfType<ContactTaken>().Single();

    private static Contact With(params (ConversationId Thread, string Device, int MinutesAgo)[] threads) =>
        Contact.None with { Threads = [.. threads.Select(one => new OpenedThread(one.Thread, Inbox, one.Device, Clock.Morning.AddMinutes(-one.MinutesAgo)))] };

    private static Decision Decide(Contact guest, Contact? person = null, long seq = 1) => new ContactKind().Decide(
        guest, Wish, new Deciding(Clock.Morning, 3, new Dictionary<Subject, (object, long)> { [Contact.Subject(Person)] = (person ?? Contact.None with { Verified = true }, seq) }));
}
