using Parley.Conversations;
using Parley.Log;

namespace Parley.Tests.Conversations;

public sealed class NotifyingTests
{
    private static readonly Origin System = new(Story.Lighthouse, Author.System, "s");

    [Fact]
    public void That_a_customer_was_told_elsewhere_is_noted_and_changes_nothing() =>
        Story.AnaWrote().Given(Story.ByKim, new Message(Content.Of("Yes?"))).When(new Notify(System, Story.It, "mail", 4, 4)).Then(new Notified("mail", 4, 4));

    [Fact]
    public void By_which_mail_is_noted_where_it_was_laid_out_before()
    {
        var mail = new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]);
        Story.AnaWrote().Given(Story.ByKim, new Message(Content.Of("Yes?"))).When(new Notify(System, Story.It, "transcript", 1, 4) { Mail = mail }).Then(new Notified("transcript", 1, 4) { Mail = mail });
    }

    [Fact]
    public void That_it_did_not_come_is_noted_and_changes_nothing() => Story.AnaWrote().Given(Story.ByKim, new Message(Content.Of("Yes?"))).Given(System, new Notified("mail", 4, 4))
        .When(new MissCustomer(System, Story.It, "mail", 4, 4, "refused")).Then(new Undelivered("mail", 4, 4, "refused"));

    [Fact]
    public void Of_what_is_not_there_nobody_is_told()
    {
        Story.AnaWrote().When(new Notify(System, Story.It, "mail", 4, 9)).Then();
        Story.AnaWrote().When(new Notify(System, Story.It, "mail", 0, 2)).Then();
    }
}
