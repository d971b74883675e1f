using System.Globalization;
using System.Text;

namespace Parley.Platform.Mail;

/// <summary>One line after the other, each answered by a number and words.</summary>
/// <param name="handed">Told when all of a letter is there, and it may have been taken whatever happens then.</param>
/// <param name="patience">Ends the conversation where nothing moves for <paramref name="still"/>.</param>
internal sealed class SmtpTalk(Stream stream, Action handed, CancellationTokenSource patience, TimeSpan still)
{
    public const string Recipient = "RCPT TO";

    private const int LongestAnswer = 64 * 1024;

    private readonly StreamReader _reader = new(stream, Encoding.UTF8, leaveOpen: true);

    public Stream Stream => stream;

    /// <summary>Where a letter goes: one that is long may take long, as long as it moves.</summary>
    public Stream Body => new Moving(stream, Moved);

    public CancellationToken Cancel => patience.Token;

    public string Offers { get; set; } = "";

    /// <summary>The largest letter that it takes, in bytes (RFC 1870); null: it does not say.</summary>
    public long? Limit => Offered().FirstOrDefault(words => IsSame(words[0], "SIZE")) is [_, var said, ..] && long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : null;

    /// <summary>Whether a line of what it offers (RFC 5321, 4.1.1.1) begins with this word and has the other in it.</summary>
    public bool Does(string what, string? how = null) => Offered().Any(words => IsSame(words[0], what) && (how is null || words.Skip(1).Any(word => IsSame(word, how))));

    /// <summary>The same conversation, encrypted from here on.</summary>
    public SmtpTalk Over(Stream safe) => new(safe, handed, patience, still);

    /// <param name="shown">What stands in a failure's message instead, where the line is a secret.</param>
    /// <param name="final">Whether a no for good (5xx) is one to this letter; to everything else it is one to our settings, and a person may mend these.</param>
    public async Task<string> Ask(string line, int wanted, MailNo.To to = MailNo.To.Entry, string? shown = null, bool final = false)
    {
        await Write(line);
        return await Hear(wanted, to, shown ?? line, final);
    }

    /// <summary>The last word of signing in. A token that is refused is explained in a question, which is answered with nothing.</summary>
    public async Task SignIn(string line)
    {
        await Write(line);
        try
        {
            await Hear(235, MailNo.To.Entry, "AUTH");
        }
        catch (MailFailed no) when (no.Code == 334)
        {
            await Ask("", 235, shown: "AUTH");
        }
    }

    /// <summary>The end of a letter. What is said to it is said to all of it; where nothing is said, nobody knows.</summary>
    public async Task<string> Hand()
    {
        await Write(".");
        handed();
        return (await Hear(250, MailNo.To.Letter, final: true)).Trim();
    }

    public async Task<string> Hear(int wanted, MailNo.To to = MailNo.To.Greeting, string? after = null, bool final = false)
    {
        var heard = new StringBuilder();
        while (await _reader.ReadLineAsync(patience.Token) is { } line && heard.Length < LongestAnswer)
        {
            heard.AppendLine(line);
            Moved();
            if (line.Length < 4 || line[3] == ' ')
            {
                return int.TryParse(line.AsSpan(0, Math.Min(3, line.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && (code == wanted || (wanted == 250 && code == 251))
                    ? heard.ToString()
                    : throw No(line, code, to, after, final);
            }
        }

        throw new MailFailed("The mail server hung up.") { Kind = to == MailNo.To.Letter ? MailRefusal.Unknown : MailRefusal.Unreachable, Fault = to == MailNo.To.Letter ? null : MailFault.Silent };
    }

    private async Task Write(string line)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), patience.Token);
        await stream.FlushAsync(patience.Token);
        Moved();
    }

    private void Moved() => patience.CancelAfter(still);

    private static MailFailed No(string line, int code, MailNo.To to, string? after, bool final)
    {
        var kind = MailNo.Kind(to, code, line);
        return new($"The mail server said '{line}'{(after is null ? "" : $" to {after}")}.", final: final && code >= 500 && kind != MailRefusal.Throttled, address: after == Recipient && NoMailbox.Says(line))
        {
            Kind = kind,
            Code = code == 0 ? null : code,
            After = kind == MailRefusal.Throttled ? MailNo.After(line) : null,
            Fault = kind switch
            {
                MailRefusal.Misconfigured when after == "AUTH" || code is 530 or 534 or 535 or 538 => MailFault.Login,
                MailRefusal.Throttled => MailFault.Busy,
                _ when to == MailNo.To.Greeting => MailFault.Port,
                _ => null,
            },
        };
    }

    private static bool IsSame(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string[]> Offered() => Offers.Split('\n').Where(line => line.Length > 4)
        .Select(line => line[4..].Split([' ', '=', '\r'], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0);

    /// <summary>Tells of each piece that went.</summary>
    private sealed class Moving(Stream into, Action moved) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await into.WriteAsync(buffer, cancellationToken);
            moved();
        }
    }
}
