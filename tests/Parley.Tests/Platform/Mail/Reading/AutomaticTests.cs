using System.Text;
using Parley.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Reading;

public sealed class AutomaticTests
{
    [Theory]
    [InlineData("From: ana@ben.test\nSubject: Re: The rig", AutomaticKind.Person)]
    [InlineData("From: ana@ben.test\nAuto-Submitted: no", AutomaticKind.Person)]
    [InlineData("From: ana@ben.test\nSubject: Out of office on Friday, can you come?", AutomaticKind.Person)]
    [InlineData("From: ana@ben.test\nSubject: Is the office out of masts?", AutomaticKind.Person)]
    [InlineData("From: ana@ben.test\nAuto-Submitted: auto-replied; owner-email=\"ana@ben.test\"", AutomaticKind.Reply)]
    [InlineData("From: ana@ben.test\nAuto-Submitted: auto-generated\nSubject: Automatic reply: The rig", AutomaticKind.Reply)]
    [InlineData("From: shop@ben.test\nAuto-Submitted: auto-generated", AutomaticKind.Notice)]
    [InlineData("From: ana@ben.test\nX-Autoreply: yes", AutomaticKind.Reply)]
    [InlineData("From: ana@ben.test\nPrecedence: auto_reply", AutomaticKind.Reply)]
    [InlineData("From: ana@ben.test\nSubject: Abwesenheitsnotiz: Der Mast\nReturn-Path: <>", AutomaticKind.Reply)]
    [InlineData("From: ana@ben.test\nSubject: Automatisch antwoord: De mast\nPrecedence: bulk", AutomaticKind.Reply)]
    [InlineData("From: ana@ben.test\nSubject: Respuesta automática: El mástil\nX-Auto-Response-Suppress: All", AutomaticKind.Reply)]
    [InlineData("From: news@ben.test\nList-Unsubscribe: <https://ben.test>", AutomaticKind.Many)]
    [InlineData("From: news@ben.test\nPrecedence: bulk", AutomaticKind.Many)]
    [InlineData("From: ana@ben.test\nX-Auto-Response-Suppress: All", AutomaticKind.Notice)]
    [InlineData("From: no-reply@ben.test", AutomaticKind.Notice)]
    [InlineData("Return-Path: <>\nFrom: ana@ben.test", AutomaticKind.Notice)]
    [InlineData("From: MAILER-DAEMON@mx.test", AutomaticKind.Notice)]
    [InlineData("From: ana@ben.test\nContent-Type: multipart/report; boundary=a", AutomaticKind.Notice)]
    public void Whoever_wrote_it_is_told(string headers, AutomaticKind kind) => Automatic.Of(MailReader.Read(Encoding.UTF8.GetBytes(headers + "\n\nHello"))).ShouldBe(kind);

    [Fact]
    public async Task What_parley_sends_itself_is_a_notice() => Automatic.Of(MailReader.Read(await new Parley.Platform.Mail.Letter("ana@ben.test", "Grüße", "Text") { From = "Müller", Page = "<p>Page</p>" }.Bytes("parley@lighthouse.test", Guid.Empty, DateTimeOffset.UnixEpoch))).ShouldBe(AutomaticKind.Notice);

    [SkippableFact]
    public void What_people_wrote_is_theirs()
    {
        MailFixtures.Need();
        MailFixtures.Whole.Where(path => path.StartsWith("replies/", StringComparison.Ordinal)).Select(path => Automatic.Of(MailReader.Read(MailFixtures.Open(path)))).ShouldAllBe(kind => kind == AutomaticKind.Person);
    }
}
