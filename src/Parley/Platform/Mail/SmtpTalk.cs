using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Parley.Platform.Mail;

/// <summary>One line after the other, each answered by a number and words.</summary>
/// <param name="handed">Told when all of a letter is there, and it may have been taken whatever happens then.</param>
/// <param name="patience">Ends the conversation where nothing moves for <paramref name="still"/>, or all but the letter takes longer than <paramref name="longest"/>.</param>
internal sealed class SmtpTalk(Stream stream, Action handed, CancellationTokenSource patience, TimeSpan still, TimeSpan longest)
{
    /// <summary>What a letter is given for each of its bytes: no line is as slow as that for long.</summary>
    private const double BytesPerSecond = 8 * 1024;

    private long _begun = Stopwatch.GetTimestamp();
    private long _moved;
    private Action _handed = handed;
    private CancellationTokenSource _patience = patience;

    public const string Recipient = "RCPT TO";

    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of one line of an answer (RFC 5321, 4.5.3.1.5 has 512).</summary>
    private const int LongestLine = 8 * 1024;

    private readonly byte[] _heard = new byte[4 * 1024];
    private int _at;
    private int _end;

    public Stream Stream => stream;

    /// <summary>Where a letter goes: one that is long may take long, as long as it moves.</summary>
    public Stream Body => new Moving(stream, bytes =>
    {
        _moved += bytes;
        Moved();
    });

    public CancellationToken Cancel => _patience.Token;

    public string Offers { get; set; } = "";

    /// <summary>The largest letter that it takes, in bytes (RFC 1870); null: it does not say.</summary>
    public long? Limit => Offered().FirstOrDefault(words => IsSame(words[0], "SIZE")) is [_, var said, ..] && long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : null;

    /// <summary>Whether a line of what it offers (RFC 5321, 4.1.1.1) begins with this word and has the other in it.</summary>
    public bool Does(string what, string? how = null) => Offered().Any(words => IsSame(words[0], what) && (how is null || words.Skip(1).Any(word => IsSame(word, how))));

    /// <summary>The same conversation, encrypted from here on.</summary>
    public SmtpTalk Over(Stream safe) => new(safe, _handed, _patience, still, longest) { _begun = _begun };

    /// <summary>Another letter, and whoever waits for it.</summary>
    public void Begin(Action handed, CancellationTokenSource patience) => (_handed, _patience, _begun, _moved) = (handed, patience, Stopwatch.GetTimestamp(), 0);

    /// <summary>A goodbye that nobody answers undoes nothing: what was taken is taken, and must not be sent again.</summary>
    public async Task Leave()
    {
        using var brief = new CancellationTokenSource(Goodbye);
        Begin(() => { }, brief);
        try
        {
            await Ask("QUIT", 221);
        }
        catch (Exception error) when (error is MailFailed or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The server went first.
        }
    }

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
        // From here on it may be taken, whatever happens.
        _handed();
        await Write(".");
        return (await Hear(250, MailNo.To.Letter, final: true)).Trim();
    }

    public async Task<string> Hear(int wanted, MailNo.To to = MailNo.To.Greeting, string? after = null, bool final = false)
    {
        var heard = new StringBuilder();
        // An answer is one, however many lines it has: a server that talks for ever without saying anything is silent.
        while (await Line() is { } line && heard.Length < LongestAnswer)
        {
            heard.AppendLine(line);
            if (line.Length < 4 || line[3] == ' ')
            {
                Moved();
                return int.TryParse(line.AsSpan(0, Math.Min(3, line.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && (code == wanted || (wanted == 250 && code == 251))
                    ? heard.ToString()
                    : throw No(line, code, to, after, final);
            }
        }

        throw new MailFailed("The mail server hung up.") { Kind = to == MailNo.To.Letter ? MailRefusal.Unknown : MailRefusal.Unreachable, Fault = to == MailNo.To.Letter ? null : MailFault.Silent };
    }

    /// <summary>Null: nothing comes any more, or no line that any server says.</summary>
    private async Task<string?> Line()
    {
        var line = new List<byte>();
        while (line.Count <= LongestLine)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, await stream.ReadAsync(_heard, _patience.Token));
                if (_end == 0)
                {
                    return line.Count == 0 ? null : Encoding.UTF8.GetString([.. line]);
                }
            }

            var rest = _heard.AsSpan(_at, _end - _at);
            var ends = rest.IndexOf((byte)'\n');
            line.AddRange(ends < 0 ? rest : rest[..ends]);
            _at += ends < 0 ? rest.Length : ends + 1;
            if (ends >= 0)
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }
        }

        return null;
    }

    private async Task Write(string line)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), _patience.Token);
        await stream.FlushAsync(_patience.Token);
        Moved();
    }

    private void Moved()
    {
        var rest = longest + TimeSpan.FromSeconds(_moved / BytesPerSecond) - Stopwatch.GetElapsedTime(_begun);
        _patience.CancelAfter(rest > still ? still : rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
    }

    private static MailFailed No(string line, int code, MailNo.To to, string? after, bool final)
    {
        var kind = MailNo.Kind(to, code, line);
        return new($"The mail server said '{line}'{(after is null ? "" : $" to {after}")}.", final: final && code >= 500 && kind != MailRefusal.Throttled, address: after == Recipient && NoMailbox.Says(line))
        {
            Kind = kind,
            ForAll = to is MailNo.To.Greeting or MailNo.To.Entry || (to == MailNo.To.Sender && code is 530 or 534 or 535 or 538),
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
    private sealed class Moving(Stream into, Action<int> moved) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await into.WriteAsync(buffer, cancellationToken);
            moved(buffer.Length);
        }
    }
}
