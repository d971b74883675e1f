using Parley.Platform.Mail.Threads;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Threads;

/// <summary>Ana writes with us in one thread, Ben in another; a third is gone. Of what a mail says of where it belongs.</summary>
public sealed class ThreadingTests
{
    private static readonly Guid Anas = Guid.Parse("00000000-0000-7000-8000-0000000000a1");
    private static readonly Guid Bens = Guid.Parse("00000000-0000-7000-8000-0000000000b1");
    private static readonly Guid Gone = Guid.Parse("00000000-0000-7000-8000-0000000000c1");

    private static readonly ThreadFacts Facts = new(
        new Dictionary<Guid, ThreadPeople> { [Anas] = new(Set("ana@ben.test", "ana@work.test"), Set("zoe@martin.test")), [Bens] = new(Set("ben@okafor.test"), Set()) },
        new Dictionary<string, Guid> { ["a1@ben.test"] = Anas, ["b1@okafor.test"] = Bens, ["c1@gone.test"] = Gone });

    [Theory]
    [InlineData("ana@ben.test", "a", "", "", "goes a OwnId contact")]
    [InlineData("ANA@Work.test", "a", "", "", "goes a OwnId contact")]
    [InlineData("zoe@martin.test", "a", "", "", "goes a OwnId other")]
    [InlineData("eve@evil.test", "a", "", "", "unverified a OwnId")]
    [InlineData("ben@okafor.test", "a", "", "", "unverified a OwnId")]
    [InlineData("", "a", "", "", "unverified a OwnId")]
    [InlineData("ana@ben.test", "", "a", "", "goes a Address contact")]
    [InlineData("eve@evil.test", "", "a", "", "unverified a Address")]
    [InlineData("ana@ben.test", "", "", "a1@ben.test", "goes a References contact")]
    [InlineData("zoe@martin.test", "", "", "a1@ben.test", "goes a References other")]
    [InlineData("eve@evil.test", "", "", "a1@ben.test", "begins")]
    [InlineData("ben@okafor.test", "", "", "a1@ben.test", "begins")]
    [InlineData("", "", "", "a1@ben.test", "begins")]
    [InlineData("ben@okafor.test", "", "", "a1@ben.test b1@okafor.test", "goes b References contact")]
    [InlineData("ana@ben.test", "", "", "x@y.test", "begins")]
    [InlineData("ana@ben.test", "", "", "", "begins")]
    [InlineData("ana@ben.test", "a", "b", "", "goes a OwnId contact")]
    [InlineData("ana@ben.test", "b", "a", "", "unverified b OwnId")]
    [InlineData("ana@ben.test", "", "b", "a1@ben.test", "unverified b Address")]
    [InlineData("ana@ben.test", "c", "", "", "begins")]
    [InlineData("ana@ben.test", "c", "a", "", "goes a Address contact")]
    [InlineData("ana@ben.test", "c", "", "a1@ben.test", "goes a References contact")]
    [InlineData("ana@ben.test", "c a", "", "", "goes a OwnId contact")]
    [InlineData("ben@okafor.test", "", "", "c1@gone.test", "begins")]
    [InlineData(" ana@ben.test ", "", "", "a1@ben.test", "goes a References contact")]
    public void A_mail_goes_where_something_of_ours_or_its_own_sender_says(string from, string answers, string addressed, string references, string where)
    {
        var ties = new MailTies(Threads(answers), Threads(addressed), references.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Say(Threading.Decide(ties, from, Facts)).ShouldBe(where);
    }

    [Fact]
    public void Nobody_comes_into_a_thread_by_what_they_do_not_have_from_us()
    {
        // Whatever a stranger writes that is not ours, they are alone.
        for (var seed = 0; seed < 500; seed++)
        {
            var chance = new Random(seed);
            var references = Enumerable.Range(0, chance.Next(5)).Select(_ => new[] { "a1@ben.test", "b1@okafor.test", "c1@gone.test", "x@y.test" }[chance.Next(4)]).ToList();
            Threading.Decide(new([], [], references), "eve@evil.test", Facts).ShouldBe(new Threaded.Begins());
        }
    }

    private static string Say(Threaded it) => it switch
    {
        Threaded.Goes goes => $"goes {Letter(goes.Thread)} {goes.By} {(goes.IsContact ? "contact" : "other")}",
        Threaded.Unverified unverified => $"unverified {Letter(unverified.Thread)} {unverified.By}",
        _ => "begins",
    };

    private static string Letter(Guid thread) => thread == Anas ? "a" : thread == Bens ? "b" : "c";

    private static List<Guid> Threads(string letters) => [.. letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(letter => letter switch { "a" => Anas, "b" => Bens, _ => Gone })];

    private static HashSet<string> Set(params string[] addresses) => [.. addresses];
}
