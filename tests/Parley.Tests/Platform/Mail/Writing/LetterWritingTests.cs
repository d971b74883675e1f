using System.Text;
using System.Text.Json;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Reading;
using Parley.Tests.Platform.Mail.Reading;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Writing;

/// <summary>What is written is read again: by our own reader, and by Python's, which others wrote.</summary>
public sealed class LetterWritingTests
{
    /// <summary>For each mail (base64, one a line) what is in it.</summary>
    private const string Program = """
        import base64, email, email.policy, hashlib, json, sys
        out = []
        for line in sys.stdin:
            if not line.strip(): continue
            mail = email.message_from_bytes(base64.b64decode(line), policy=email.policy.default)
            parts = [part for part in mail.walk() if not part.is_multipart()]
            said = {part.get_content_type(): part.get_content() for part in parts if part.get_content_maintype() == 'text' and part.get_content_disposition() is None}
            out.append({
                'subject': mail['subject'], 'to': mail['to'].addresses[0].addr_spec,
                'cc': ['|' + one.addr_spec for one in mail['cc'].addresses] if mail['cc'] else [],
                'text': said.get('text/plain'), 'html': said.get('text/html'),
                'files': [[part.get_filename(), hashlib.sha256(part.get_payload(decode=True)).hexdigest()] for part in parts if part.get_content_disposition() == 'attachment'],
                'pictures': [[part['content-id'], part.get_filename(), len(part.get_payload(decode=True))] for part in parts if part.get_content_disposition() == 'inline'],
                'defects': [str(defect) for part in mail.walk() for defect in part.defects]})
        print(json.dumps(out))
        """;

    private const string Alphabet = "aeinorst  AEZ09.,:;=?_!\"\\<>()@&%'-\n\n\t äöüßéñçøÅŁ ελληνικά русский 日本語한국어 עברית العربية 🧥⚓👩‍👩‍👧\u00a0\u200d";

    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(1));

    [Fact]
    public async Task Whatever_is_written_is_read_again_by_us_and_by_python()
    {
        var letters = Enumerable.Range(0, 400).Select(Any).ToList();
        var raw = new List<byte[]>();
        foreach (var letter in letters)
        {
            var bytes = await letter.Bytes("kim@lighthouse.test", Guid.CreateVersion7(At), At);
            raw.Add(bytes);
            Sound(bytes);
            Same(letter, MailReader.Read(bytes));
        }

        if (await MailFixtures.Python(Program, string.Join('\n', raw.Select(Convert.ToBase64String))) is { } said)
        {
            var theirs = JsonDocument.Parse(said).RootElement.EnumerateArray().ToList();
            for (var i = 0; i < letters.Count; i++)
            {
                Same(letters[i], theirs[i], i);
            }
        }
    }

    [Fact]
    public async Task A_mail_of_a_person_answers_and_names_the_first_and_the_newest_before_it()
    {
        var letter = new Letter("ana@ben.test", "Re: Sails", "Yes.")
        {
            Origin = LetterOrigin.Person, MessageId = "m.1@lighthouse.test", Answers = "q40@ben.test", References = [.. Enumerable.Range(1, 39).Select(n => $"q{n}@ben.test").Append("evil>\r\nBcc: all@ben.test")],
        };
        var mail = MailReader.Read(await letter.Bytes("kim@lighthouse.test", Guid.CreateVersion7(At), At));
        (mail.MessageId, mail.AutoSubmitted, mail.Headers["Bcc"]).ShouldBe(("m.1@lighthouse.test", null, null));
        mail.InReplyTo.ShouldBe(["q40@ben.test"]);
        mail.References.ShouldBe(["q1@ben.test", .. Enumerable.Range(30, 11).Select(n => $"q{n}@ben.test")]);
        mail.Date.ShouldBe(At);
        Automatic.Of(mail).ShouldBe(AutomaticKind.Person);
    }

    [Fact]
    public async Task What_a_program_wrote_or_goes_to_many_says_so()
    {
        var letter = new Letter("ana@ben.test", "Hello", "Hello.") { Origin = LetterOrigin.Replied, List = new("news.lighthouse.test", "https://lighthouse.test/leave?a=1") };
        var mail = MailReader.Read(await letter.Bytes("kim@lighthouse.test", Guid.CreateVersion7(At), At));
        (mail.AutoSubmitted, mail.IsList).ShouldBe(("auto-replied", true));
        mail.Headers["List-Unsubscribe"].ShouldBe("<https://lighthouse.test/leave?a=1>");
        mail.Headers["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
        MailReader.Read(await (letter with { Origin = LetterOrigin.Generated, List = null }).Bytes("kim@lighthouse.test", Guid.CreateVersion7(At), At)).AutoSubmitted.ShouldBe("auto-generated");
    }

    [Fact]
    public async Task A_large_file_goes_through_a_small_buffer()
    {
        var (size, opened) = (40L * 1024 * 1024, 0);
        var letter = new Letter("ana@ben.test", "Plans", "See there.") { Files = [new("plans.bin", "application/octet-stream", () => { opened++; return new Zeros(size); })] };
        var into = new Widest();
        await Parley.Platform.Mail.Writing.LetterWriting.Write(letter, new("kim@lighthouse.test", Guid.CreateVersion7(At), At), into);
        into.Length.ShouldBeGreaterThan(size * 4 / 3);
        (into.Most, opened).ShouldBe((into.Most < 128 * 1024 ? into.Most : 0, 1));
    }

    /// <summary>The rules of the road: ASCII, short lines that end as they should, no dot at a line's beginning.</summary>
    private static void Sound(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        text.ShouldEndWith("\r\n");
        text.All(letter => letter is '\r' or '\n' or '\t' or (>= ' ' and <= '~')).ShouldBeTrue(text);
        text.Replace("\r\n", "", StringComparison.Ordinal).IndexOfAny(['\r', '\n']).ShouldBe(-1);
        foreach (var line in text.Split("\r\n"))
        {
            line.Length.ShouldBeLessThanOrEqualTo(line.Contains('@') ? 200 : 78, line);
            line.ShouldNotStartWith(".");
        }
    }

    private static void Same(Letter letter, ReadMail mail)
    {
        mail.Flaws.ShouldBeEmpty(letter.ToString());
        mail.Subject.ShouldBe(Line(letter.Subject));
        (mail.To.Single().Address, mail.To.Single().Name).ShouldBe((letter.To, Line(letter.Name ?? "")));
        mail.From.Single().Name.ShouldBe(Line(letter.From!));
        mail.Cc.Select(one => (one.Name, one.Address)).ShouldBe(letter.Cc.Select(one => (Line(one.Name!), one.Address)));
        Ended(mail.Text!).ShouldBe(Ended(letter.Text));
        (letter.Page is null ? mail.Page : Ended(mail.Page!)).ShouldBe(letter.Page is null ? null : Ended(letter.Page));
        mail.Attachments.Where(part => part.Disposition.Value == "attachment").Select(part => part.Bytes!).ShouldBe(letter.Files.Select(Content));
        mail.Attachments.Where(part => part.Disposition.Value == "attachment").Select(part => part.Name).ShouldBe(letter.Files.Select(file => file.Name));
        mail.Attachments.Where(part => part.ContentId is not null).Select(part => (part.ContentId!, part.Bytes!.Length)).ShouldBe(letter.Pictures.Select(picture => (picture.Id, picture.Bytes.Length)));
    }

    private static void Same(Letter letter, JsonElement theirs, int i)
    {
        theirs.GetProperty("defects").GetArrayLength().ShouldBe(0, $"{i}: {theirs}");
        theirs.GetProperty("subject").GetString()!.Trim().ShouldBe(Line(letter.Subject), $"{i}");
        theirs.GetProperty("to").GetString().ShouldBe(letter.To);
        theirs.GetProperty("cc").EnumerateArray().Select(one => one.GetString()!.Split('|')[^1]).ShouldBe(letter.Cc.Select(one => one.Address), $"{i}");
        Ended(theirs.GetProperty("text").GetString()!).ShouldBe(Ended(letter.Text), $"{i}");
        if (letter.Page is { } page)
        {
            Ended(theirs.GetProperty("html").GetString()!).ShouldBe(Ended(page), $"{i}");
        }

        theirs.GetProperty("files").EnumerateArray().Select(file => (file[0].GetString(), file[1].GetString())).ShouldBe(letter.Files.Select(file => ((string?)file.Name, (string?)Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Content(file))))));
        theirs.GetProperty("pictures").EnumerateArray().Select(picture => picture[2].GetInt32()).ShouldBe(letter.Pictures.Select(picture => picture.Bytes.Length));
    }

    private static byte[] Content(LetterFile file)
    {
        using var content = (MemoryStream)file.Open();
        return content.ToArray();
    }

    private static string Ended(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    /// <summary>As one line has it: strange spaces at the ends say nothing.</summary>
    private static string Line(string text) => HeaderFields.OneLine(text);

    private static Letter Any(int seed)
    {
        var chance = new Random(seed);
        string Words(int most) => Clean(string.Concat(Enumerable.Range(0, chance.Next(1, most)).Select(_ => Rune(chance))));
        var files = Enumerable.Range(0, chance.Next(4) / 2).Select(_ =>
        {
            var bytes = new byte[chance.Next(0, 3_000)];
            chance.NextBytes(bytes);
            return new LetterFile(Name(chance), chance.Next(2) == 0 ? "application/pdf" : "no type", () => new MemoryStream(bytes));
        }).ToList();
        var isPage = chance.Next(2) == 0;
        return new("ana+" + seed + "@ben.test", Head(chance, 120), Words(400))
        {
            From = Head(chance, 40), Name = chance.Next(2) == 0 ? null : Head(chance, 60), Files = files,
            Cc = [.. Enumerable.Range(0, chance.Next(3)).Select(n => new LetterPerson($"cc{n}@ben.test", Head(chance, 30)))],
            Page = isPage ? $"<p>{Words(300)}</p>\n<img src=\"cid:a\">" : null,
            Pictures = isPage && chance.Next(2) == 0 ? [new("a", "image/png", new byte[chance.Next(1, 500)]) { Name = Name(chance) }] : [],
        };
    }

    private static string Rune(Random chance)
    {
        var runes = Alphabet.EnumerateRunes().ToArray();
        return runes[chance.Next(runes.Length)].ToString();
    }

    /// <summary>A name or a subject: one line, with something in it at both ends.</summary>
    private static string Head(Random chance, int most)
    {
        var plain = chance.Next(3) == 0;
        var text = string.Concat(Enumerable.Range(0, chance.Next(1, most)).Select(_ => plain ? "abc XYZ 09"[chance.Next(10)].ToString() : Rune(chance)));
        return "A" + text.ReplaceLineEndings(" ").Replace('\t', ' ').Replace('\u00a0', ' ') + "z";
    }

    private static string Name(Random chance) => "f" + string.Concat(Enumerable.Range(0, chance.Next(1, 60)).Select(_ => Rune(chance))).ReplaceLineEndings("").Replace("/", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal).Trim() + "1.pdf";

    private static string Clean(string text) => "T" + text;

    private sealed class Zeros(long size) : Stream
    {
        private long _left = size;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var some = (int)Math.Min(count, _left);
            Array.Clear(buffer, offset, some);
            _left -= some;
            return some;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>How much was written, and how much at once at most.</summary>
    private sealed class Widest : MemoryStream
    {
        private long _length;

        public long Most { get; private set; }

        public override long Length => _length;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (_length, Most) = (_length + buffer.Length, Math.Max(Most, buffer.Length));
            return ValueTask.CompletedTask;
        }
    }
}
