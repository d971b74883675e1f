using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>The lists of RFC 5322 (A.1, A.5, A.6) and those of the wild, written as <c>name|address</c>.</summary>
public sealed class MailboxTests
{
    [Theory]
    [InlineData("John Doe <jdoe@machine.example>", "John Doe|jdoe@machine.example")]
    [InlineData("\"Joe Q. Public\" <john.q.public@example.com>, Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>", "Joe Q. Public|john.q.public@example.com", "Mary Smith|mary@x.test", "|jdoe@example.org", "Who?|one@y.test")]
    [InlineData("<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>", "|boss@nil.test", "Giant; \"Big\" Box|sysservices@example.net")]
    [InlineData("A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;, d@e.test", "Ed Jones|c@a.test|A Group", "|joe@where.test|A Group", "John|jdoe@one.test|A Group", "|d@e.test")]
    [InlineData("Undisclosed recipients:;")]
    [InlineData("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "Pete|pete@silly.test")]
    [InlineData("A Group(Some people)\t :Chris Jones <c@(Chris's host.)public.example>, joe@example.org, John <jdoe@one.test> (my dear friend); (the end of the group)", "Chris Jones|c@public.example|A Group", "|joe@example.org|A Group", "John|jdoe@one.test|A Group")]
    [InlineData("Joe Q. Public <john.q.public@example.com>", "Joe Q. Public|john.q.public@example.com")]
    [InlineData("Mary Smith <@machine.tld:mary@example.net>, , jdoe@test   . example", "Mary Smith|mary@example.net", "|jdoe@test.example")]
    [InlineData("kim@lighthouse.test (Kim from the shop)", "Kim from the shop|kim@lighthouse.test")]
    [InlineData("Doe, John <john@doe.test>, b@c.test", "Doe, John|john@doe.test", "|b@c.test")]
    [InlineData("root, a@b.test", "|root", "|a@b.test")]
    [InlineData("=?utf-8?Q?M=C3=BCller,_Ana?= <ana@ben.test>", "Müller, Ana|ana@ben.test")]
    [InlineData("\"=?utf-8?Q?Ana?=\" <ana@ben.test>", "Ana|ana@ben.test")]
    [InlineData("=?utf-8?Q?A?= =?utf-8?Q?na?= <ana@ben.test", "Ana|ana@ben.test")]
    [InlineData("'ana@ben.test' <ana@ben.test>", "'ana@ben.test'|ana@ben.test")]
    [InlineData("ana@ben.test <ana@ben.test>; noor@lighthouse.test", "ana@ben.test|ana@ben.test", "|noor@lighthouse.test")]
    [InlineData("\"ana b\"@ben.test, <\"c d\"@ben.test>", "|\"ana b\"@ben.test", "|\"c d\"@ben.test")]
    [InlineData("ana@[IPv6:2001:db8::1], ben@[192.0.2.1]", "|ana@[IPv6:2001:db8::1]", "|ben@[192.0.2.1]")]
    [InlineData("Ana Maria", "Ana Maria|")]
    [InlineData("Zoë <zoë@bücher.test>", "Zoë|zoë@bücher.test")]
    [InlineData("<>")]
    [InlineData("\"(((<<<")]
    public void Lists_are_read(string raw, params string[] people) =>
        Mailbox.Parse(raw).Select(one => $"{one.Name}|{one.Address}{(one.Group is null ? "" : $"|{one.Group}")}").ShouldBe(raw == "\"(((<<<" ? ["(((<<<|"] : people);

    [Fact]
    public void A_list_of_all_the_world_is_cut() => Mailbox.Parse(string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"a{i}@b.test"))).Count.ShouldBe(MailLimits.Mailboxes);
}
