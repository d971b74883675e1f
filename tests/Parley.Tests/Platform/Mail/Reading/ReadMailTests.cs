using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parley.Platform.Mail.Reading;
using Shouldly;
using Xunit.Abstractions;

namespace Parley.Tests.Platform.Mail.Reading;

/// <summary>What a mail says of itself; and the same as a parser that others wrote reads it (Python's <c>email</c>, policy <c>default</c>), difference by difference.</summary>
public sealed class ReadMailTests(ITestOutputHelper output)
{
    private const string Program = """
        import email, email.policy, hashlib, json, sys
        def leaf(part):
            kind = part.get_content_type()
            found = {'type': kind, 'name': None, 'text': None, 'hash': None}
            try: found['name'] = part.get_filename()
            except Exception as error: found['name'] = 'error ' + type(error).__name__
            try: found['hash'] = hashlib.sha256(part.get_payload(decode=True) or b'').hexdigest()
            except Exception as error: found['hash'] = 'error ' + type(error).__name__
            if kind.startswith('text/'):
                try: found['text'] = part.get_content()
                except Exception as error: found['text'] = 'error ' + type(error).__name__
            return found
        def leaves(part):
            if part.get_content_type() in ('message/delivery-status', 'message/disposition-notification', 'message/feedback-report') or not part.is_multipart():
                yield leaf(part)
            else:
                for each in part.iter_parts() if part.get_content_maintype() == 'multipart' else part.get_payload():
                    yield from leaves(each)
        def clean(said):
            if isinstance(said, str): return said.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')
            if isinstance(said, dict): return {name: clean(value) for name, value in said.items()}
            return [clean(each) for each in said] if isinstance(said, list) else said
        def people(mail, name):
            try: return [[address.display_name, address.addr_spec] for each in mail.get_all(name, []) for address in each.addresses]
            except Exception as error: return 'error ' + type(error).__name__
        def one(mail, name):
            try: return str(mail[name]) if mail[name] is not None else None
            except Exception as error: return 'error ' + type(error).__name__
        for path in sys.stdin.read().split('\n'):
            with open(path, 'rb') as file: mail = email.message_from_bytes(file.read(), policy=email.policy.default)
            try: parts = list(leaves(mail))
            except Exception as error: parts = 'error ' + type(error).__name__
            said = {'subject': one(mail, 'Subject'), 'from': people(mail, 'From'), 'to': people(mail, 'To'), 'id': one(mail, 'Message-ID'), 'parts': parts}
            print(json.dumps(clean(said)))
        """;

    [Fact]
    public void A_mail_says_whom_it_is_from_what_it_answers_and_that_nobody_wrote_it()
    {
        var mail = MailReader.Read("""
            From: "Ana" <ana@ben.test>
            Reply-To: shop@ben.test
            To: Kim <kim@lighthouse.test>, noor@lighthouse.test
            Cc: ravi@lighthouse.test
            Message-ID: <3@ben.test>
            In-Reply-To: <2@lighthouse.test>
            References: <1@ben.test>
             <2@lighthouse.test>
            Date: Mon, 23 Nov 2026 10:00:00 +0100
            Auto-Submitted: auto-replied (on holiday)
            Precedence: Bulk
            List-Id: <a.list>

            Hello
            """u8.ToArray());
        (mail.From[0].Name, mail.ReplyTo[0].Address, mail.To.Count, mail.Cc[0].Address, mail.Bcc.Count).ShouldBe(("Ana", "shop@ben.test", 2, "ravi@lighthouse.test", 0));
        (mail.MessageId, mail.InReplyTo[0]).ShouldBe(("3@ben.test", "2@lighthouse.test"));
        mail.References.ShouldBe(["1@ben.test", "2@lighthouse.test"]);
        (mail.Date, mail.AutoSubmitted, mail.Precedence, mail.IsList).ShouldBe((new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(1)), "auto-replied", "bulk", true));
    }

    [Fact]
    public void A_text_that_stands_only_in_a_page_is_not_left_out()
    {
        var mail = MailReader.Read("Content-Type: multipart/mixed; boundary=a\n\n--a\n\n1 < 2\n--a\nContent-Type: text/html\n\n<b>two</b>\n--a--"u8.ToArray());
        mail.Text.ShouldBeNull();
        mail.Page.ShouldBe("<pre>1 &lt; 2</pre><br>\n<b>two</b>");
    }

    [SkippableFact]
    public async Task All_mails_of_others_are_read_as_python_reads_them()
    {
        MailFixtures.Need();
        var said = await MailFixtures.Python(Program, string.Join('\n', MailFixtures.Whole.Select(path => Path.Combine(MailFixtures.Root!, path))));
        Skip.If(said is null, "python3 is not installed");
        var theirs = said!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        theirs.Length.ShouldBe(MailFixtures.Whole.Count);
        var differences = MailFixtures.Whole.Zip(theirs).SelectMany(pair => Differences(pair.First, JsonDocument.Parse(pair.Second).RootElement)).ToList();
        foreach (var (at, ours, python) in differences)
        {
            output.WriteLine($"{at}\n    ours:   {ours}\n    python: {python}");
        }

        output.WriteLine($"{MailFixtures.Whole.Count} mails, {differences.Count} differences");
        differences.Select(each => each.At).Except(PythonDiffers.Known.Keys).ShouldBeEmpty("Differences that nobody has looked at.");
        PythonDiffers.Known.Keys.Except(differences.Select(each => each.At)).ShouldBeEmpty("Differences that are none any more.");
    }

    private static IEnumerable<(string At, string Ours, string Python)> Differences(string path, JsonElement python)
    {
        var mail = MailReader.Read(MailFixtures.Open(path));
        var leaves = Leaves(mail.Body).ToList();
        var pairs = new List<(string What, string Ours, string Python)>
        {
            ("subject", Spaces(mail.Subject), Spaces(python.GetProperty("subject").GetString())),
            ("from", People(mail.From), People(python.GetProperty("from"))),
            ("to", People(mail.To), People(python.GetProperty("to"))),
            ("id", mail.MessageId ?? "", (python.GetProperty("id").GetString() ?? "").Trim('<', '>', ' ')),
        };
        var theirs = python.GetProperty("parts").ValueKind == JsonValueKind.Array ? python.GetProperty("parts").EnumerateArray().ToList() : [];
        pairs.Add(("parts", string.Join(' ', leaves.Select(part => part.Type)), string.Join(' ', theirs.Select(part => part.GetProperty("type").GetString()))));
        foreach (var ((part, other), i) in leaves.Zip(theirs).Select((pair, i) => (pair, i)))
        {
            pairs.Add(($"name {i}", part.Name ?? "", other.GetProperty("name").GetString() ?? ""));
            if (part.Text is not null && part.Type.StartsWith("text/", StringComparison.Ordinal))
            {
                pairs.Add(($"text {i}", Lines(part.Text), Lines(other.GetProperty("text").GetString() ?? "")));
            }
            else if (part.Bytes is not null && !part.Type.StartsWith("message/", StringComparison.Ordinal))
            {
                pairs.Add(($"bytes {i}", Convert.ToHexStringLower(SHA256.HashData(part.Bytes)), other.GetProperty("hash").GetString() ?? ""));
            }
        }

        return pairs.Where(pair => pair.Ours != pair.Python).Select(pair => ($"{path} {pair.What}", pair.Ours, pair.Python));
    }

    private static IEnumerable<MailPart> Leaves(MailPart part) =>
        part.Mail is { } mail ? Leaves(mail.Body) : part.HasParts ? part.Parts.SelectMany(Leaves) : [part];

    private static string People(IReadOnlyList<Mailbox> people) => string.Join(", ", people.Select(one => $"{Spaces(one.Name)} <{one.Address}>"));

    private static string People(JsonElement people) => people.ValueKind != JsonValueKind.Array ? people.ToString()
        : string.Join(", ", people.EnumerateArray().Select(one => $"{Spaces(one[0].GetString())} <{one[1].GetString()}>"));

    private static string Spaces(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');
}
