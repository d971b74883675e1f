using System.Text;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Imap;
using Parley.Tests.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Imap;

/// <summary>As servers say it: recorded ones of Dovecot, Exchange and Zoho, and what none should say.</summary>
public sealed class ImapAnswerTests
{
    [SkippableFact]
    public async Task Whatever_servers_were_heard_to_say_is_understood()
    {
        MailFixtures.Need();
        var sessions = MailFixtures.All.Where(path => path.StartsWith("imap-sessions/", StringComparison.Ordinal) && path.EndsWith(".txt", StringComparison.Ordinal)).ToList();
        sessions.Count.ShouldBeGreaterThan(60);
        var heard = new Dictionary<string, List<ImapAnswer>>();
        foreach (var session in sessions)
        {
            heard[session] = await Heard(MailFixtures.Open(session));
            heard[session].ShouldNotBeEmpty(session);
        }

        heard["imap-sessions/dovecot/select-unittests-messages.txt"].Select(answer => answer.Code).ShouldContain("UIDVALIDITY 1436832084");
        heard["imap-sessions/zoho/examine-gesendet.txt"].ShouldContain(answer => answer.Word == "EXISTS" && answer.Number == 5348);
        var list = heard["imap-sessions/zoho/xlist.txt"].Where(answer => answer.Word == "XLIST").Select(answer => FolderNames.Decode(answer.Values[2].Text)).ToList();
        list.ShouldContain("Entwürfe");
        var odd = heard["imap-sessions/exchange/issue115.txt"];
        (odd[0].Tag, odd[0].Word, odd[^1].Word).ShouldBe(("[COPYUID 55 31 6]", "", "OK"), "A line that is none harms no other.");
        heard["imap-sessions/dovecot/getstream.txt"][0].Values[0].List![3].Bytes.Length.ShouldBe(64);
        heard["imap-sessions/dovecot/fetch1.txt"].Count.ShouldBe(8, "Announced bytes are no lines.");
    }

    [Fact]
    public async Task Values_are_told_apart()
    {
        var answer = (await Heard("* 7 fetch (UID 12 FLAGS (\\Seen) BODY[HEADER.FIELDS (DATE FROM)]<0> {7}\r\n)\r\n\"x( ENVELOPE (\"a \\\"b\\\" \\\\\" NIL \"NIL\" ()))\r\n"u8.ToArray())).ShouldHaveSingleItem();
        (answer.Tag, answer.Word, answer.Number).ShouldBe(("*", "FETCH", 7u));
        var values = answer.Values.ShouldHaveSingleItem().List!;
        values.Select(value => value.Text).ShouldBe(["UID", "12", "FLAGS", "", "BODY[HEADER.FIELDS (DATE FROM)]<0>", ")\r\n\"x( ", "ENVELOPE", ""]);
        values[7].List!.Select(value => (value.Text, value.IsNil)).ShouldBe([("a \"b\" \\", false), ("NIL", true), ("NIL", false), ("", false)]);
    }

    [Theory]
    [InlineData("* OK see {12}\r\n", "OK", null, "see {12}")]
    [InlineData("A1 NO [AUTHENTICATIONFAILED] wrong\r\n", "NO", "AUTHENTICATIONFAILED", "wrong")]
    [InlineData("a1 ok\r\n", "OK", null, "")]
    [InlineData("* OK [UIDVALIDITY 7\r\n", "OK", null, "[UIDVALIDITY 7")]
    public async Task A_status_is_words_to_its_end(string line, string word, string? code, string text)
    {
        var answer = (await Heard(Encoding.UTF8.GetBytes(line))).ShouldHaveSingleItem();
        (answer.Word, answer.Code, answer.Text).ShouldBe((word, code, text));
    }

    [Theory]
    [InlineData("* 1 FETCH (BODY[] {999999999}\r\n")]
    [InlineData("* 1 FETCH (BODY[] {99999999999999999999}\r\nabc)\r\n")]
    [InlineData("((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((\r\n")]
    public async Task What_is_more_than_was_asked_for_ends_it(string said)
    {
        try
        {
            await Heard(Encoding.UTF8.GetBytes(said));
            said.ShouldContain("99999999999999999999", customMessage: "A number that is none announces nothing.");
        }
        catch (MailServerFailed failed)
        {
            failed.Fault.ShouldBe(MailFault.Broken);
        }
    }

    [Fact]
    public async Task A_line_without_an_end_is_cut_off()
    {
        var failed = await Should.ThrowAsync<MailServerFailed>(() => Heard([.. "* LIST "u8, .. Enumerable.Repeat((byte)'x', ImapLimits.Line + 100_000)]));
        failed.Fault.ShouldBe(MailFault.Broken);
    }

    [Fact]
    public async Task Nothing_else_is_thrown_whatever_comes()
    {
        const string letters = "*+ A1OKNFETCHUID()[]{}\"\\<>0123456789\r\nNIL\0\u00e4";
        for (var seed = 0; seed < 2_000; seed++)
        {
            var chance = new Random(seed);
            var said = new string([.. Enumerable.Range(0, chance.Next(1, 200)).Select(_ => letters[chance.Next(letters.Length)])]);
            try
            {
                await Heard(Encoding.UTF8.GetBytes(said));
            }
            catch (MailServerFailed)
            {
                // Said, and over.
            }
        }
    }

    private static async Task<List<ImapAnswer>> Heard(byte[] said)
    {
        var wire = new ImapWire(new MemoryStream(said), TimeSpan.FromSeconds(30), TimeProvider.System);
        var heard = new List<ImapAnswer>();
        while (true)
        {
            try
            {
                heard.Add(await wire.Hear(CancellationToken.None));
            }
            catch (MailServerFailed failed) when (failed.Fault == MailFault.Silent)
            {
                return heard;
            }
        }
    }
}
