using Parley.Platform.Mail.Reading;
using Parley.Platform.Mail.Threads;
using Parley.Tests.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Threads;

public sealed class MailGuardTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly HashSet<string> Own = ["desk@lighthouse.test"];

    [Theory]
    [InlineData(AutomaticKind.Person, "ana@ben.test", 0, false, "takes wakes answers None")]
    [InlineData(AutomaticKind.Person, "ana@ben.test", 9, false, "takes wakes answers None")]
    [InlineData(AutomaticKind.Person, "ana@ben.test", 10, false, "takes wakes Often")]
    [InlineData(AutomaticKind.Person, "ana@ben.test", 100, false, "Flood")]
    [InlineData(AutomaticKind.Notice, "ana@ben.test", 100, false, "Flood")]
    [InlineData(AutomaticKind.Person, "ana@ben.test", 500, true, "takes wakes Old")]
    [InlineData(AutomaticKind.Person, "ana@ben.test", 0, true, "takes wakes Old")]
    [InlineData(AutomaticKind.Reply, "ana@ben.test", 0, false, "takes Reply")]
    [InlineData(AutomaticKind.Reply, "ana@ben.test", 0, true, "takes Reply")]
    [InlineData(AutomaticKind.Notice, "shop@ben.test", 0, false, "takes wakes Notice")]
    [InlineData(AutomaticKind.Many, "news@ben.test", 0, false, "takes wakes Many")]
    [InlineData(AutomaticKind.Person, "desk@lighthouse.test", 0, false, "Own")]
    [InlineData(AutomaticKind.Person, "Desk+01abc@Lighthouse.test", 0, false, "Own")]
    [InlineData(AutomaticKind.Reply, "desk@lighthouse.test", 0, true, "Own")]
    public void No_program_answers_what_no_person_wrote(AutomaticKind kind, string from, int before, bool isOld, string said) =>
        Say(MailGuard.Decide(kind, from, Own, false, isOld, [.. Enumerable.Range(0, before).Select(n => Now - TimeSpan.FromSeconds(n))], Now)).ShouldBe(said);

    [Fact]
    public void What_was_long_ago_is_no_loop()
    {
        var before = Enumerable.Range(0, 300).Select(n => Now - MailGuard.Span - TimeSpan.FromSeconds(n)).ToList();
        Say(MailGuard.Decide(AutomaticKind.Person, "ana@ben.test", Own, false, false, before, Now)).ShouldBe("takes wakes answers None");
    }

    [Fact]
    public void What_has_an_id_that_only_we_give_came_back_to_us() => Say(MailGuard.Decide(AutomaticKind.Person, "list@ben.test", Own, true, false, [], Now)).ShouldBe("Own");

    [Theory]
    [InlineData("Ana+x@Ben.test", "ana@ben.test")]
    [InlineData("+x@ben.test", "+x@ben.test")]
    [InlineData("ana@ben+x.test", "ana@ben+x.test")]
    [InlineData("", "")]
    public void Our_addresses_are_known_with_what_stands_behind_a_plus(string address, string bare) => MailGuard.Bare(address).ShouldBe(bare);

    [SkippableFact]
    public void People_who_wrote_to_us_may_be_answered_and_reports_never()
    {
        MailFixtures.Need();
        foreach (var path in MailFixtures.Whole)
        {
            var mail = MailReader.Read(MailFixtures.Open(path));
            var guard = MailGuard.Decide(Automatic.Of(mail), mail.From.FirstOrDefault()?.Address ?? "", Own, false, false, [], Now);
            if (path.StartsWith("replies/", StringComparison.Ordinal))
            {
                guard.Answers.ShouldBeTrue(path);
            }
            else if (mail.Body.Type == "multipart/report")
            {
                guard.Answers.ShouldBeFalse(path);
            }
        }
    }

    private static string Say(MailGuard guard) => string.Join(' ', new[] { guard.Takes ? "takes" : null, guard.Wakes ? "wakes" : null, guard.Answers ? "answers" : null, guard.Why.ToString() }.OfType<string>());
}
