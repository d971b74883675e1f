using System.Globalization;
using System.Text;

namespace Parley.Platform.Mail.Imap;

/// <summary>How a command ended.</summary>
/// <param name="Word"><c>OK</c>, <c>NO</c> or <c>BAD</c>.</param>
internal sealed record ImapEnd(string Word, string? Code, string Text)
{
    public bool IsOk => Word == "OK";

    public string? Reason => Code?.Split(' ')[0].ToUpperInvariant();

    /// <summary>The server could not just now, whatever was asked.</summary>
    public bool IsPassing => Reason is "INUSE" or "UNAVAILABLE" or "LIMIT" or "SERVERBUG";
}

/// <summary>One command after the other, and what comes to each; what nobody asked for is noted.</summary>
internal sealed class ImapTalk(ImapWire wire, TimeProvider time)
{
    private int _commands;

    public ImapWire Wire => wire;

    /// <summary>What it says that it can do, in capitals.</summary>
    public IReadOnlySet<string> Can { get; private set; } = new HashSet<string>();

    /// <summary>Mails in the open folder, as it said last.</summary>
    public uint Exists { get; private set; }

    /// <summary>Whether more are in it than were when this was last set back.</summary>
    public bool IsNews { get; set; }

    /// <summary>Strings as they may stand in a command: quoted, or announced bytes where that is not possible.</summary>
    internal static object Text(string text) =>
        text.All(letter => letter is >= ' ' and <= '~') ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : Encoding.UTF8.GetBytes(text);

    public Task<ImapEnd> Do(string command, CancellationToken cancel) => Do([command], null, cancel);

    /// <param name="command">Texts, and bytes that are announced before they are said.</param>
    /// <param name="each">Is told every answer that does not end it.</param>
    /// <param name="goOn">What is said when the server asks to go on; null: nothing is expected to.</param>
    public async Task<ImapEnd> Do(IReadOnlyList<object> command, Action<ImapAnswer>? each, CancellationToken cancel, Func<string, string>? goOn = null)
    {
        using var longest = new CancellationTokenSource(ImapLimits.Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, longest.Token);
        try
        {
            var tag = Tag();
            return await Say(tag, command, each, both.Token) ?? await End(tag, each, both.Token, goOn);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new MailServerFailed(MailFault.Silent, $"The mail server did not come to an end in {ImapLimits.Longest.TotalMinutes:0} minutes.", error);
        }
    }

    public string Tag() => string.Create(CultureInfo.InvariantCulture, $"A{++_commands}");

    /// <summary>The next answer; what concerns everybody is noted. Says goodbye: throws.</summary>
    public async Task<ImapAnswer> Hear(CancellationToken cancel, bool isPatient = false)
    {
        var answer = await wire.Hear(cancel, isPatient);
        if (answer.IsStatus ? answer.Reason == "CAPABILITY" : answer.Word == "CAPABILITY")
        {
            Can = (answer.IsStatus ? answer.Code!.Split(' ').Skip(1) : answer.Values.Select(value => value.Text)).Select(word => word.ToUpperInvariant()).ToHashSet();
        }

        if (answer is { Tag: "*", Word: "EXISTS", Number: { } exists })
        {
            (Exists, IsNews) = (exists, IsNews || exists > Exists);
        }
        else if (answer is { Tag: "*", Word: "EXPUNGE" } && Exists > 0)
        {
            Exists--;
        }

        return answer is { Tag: "*", Word: "BYE" }
            ? throw new MailServerFailed(answer.Reason is "UNAVAILABLE" or "LIMIT" ? MailFault.Busy : MailFault.Silent, $"The mail server said goodbye: {answer.Text}")
            : answer;
    }

    /// <summary>Says it, with announced bytes when the server is ready for them, or at once where it need not be asked (RFC 7888). Its end, where it wants none of it.</summary>
    private async Task<ImapEnd?> Say(string tag, IReadOnlyList<object> command, Action<ImapAnswer>? each, CancellationToken cancel)
    {
        wire.Begin();
        var line = new MemoryStream();
        line.Write(Encoding.UTF8.GetBytes(tag));
        foreach (var part in command)
        {
            line.Write(" "u8);
            if (part is not byte[] bytes)
            {
                line.Write(Encoding.UTF8.GetBytes((string)part));
                continue;
            }

            var atOnce = Can.Contains("LITERAL+") || (Can.Contains("LITERAL-") && bytes.Length <= 4096);
            line.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{{bytes.Length}{(atOnce ? "+" : "")}}}\r\n")));
            if (!atOnce)
            {
                await wire.Say(line.ToArray(), cancel);
                line.SetLength(0);
                if (await Ready(tag, each, cancel) is { } refused)
                {
                    return refused;
                }
            }

            line.Write(bytes);
        }

        line.Write("\r\n"u8);
        await wire.Say(line.ToArray(), cancel);
        return null;
    }

    private async Task<ImapEnd?> Ready(string tag, Action<ImapAnswer>? each, CancellationToken cancel)
    {
        while (true)
        {
            var answer = await Hear(cancel);
            if (answer.Tag == "+")
            {
                return null;
            }

            if (Ended(answer, tag) is { } end)
            {
                return end;
            }

            each?.Invoke(answer);
        }
    }

    internal async Task<ImapEnd> End(string tag, Action<ImapAnswer>? each, CancellationToken cancel, Func<string, string>? goOn = null)
    {
        while (true)
        {
            var answer = await Hear(cancel);
            if (Ended(answer, tag) is { } end)
            {
                return end;
            }

            if (answer.Tag == "+")
            {
                // It asks for what nobody has: an empty line ends its waiting.
                await wire.Say(goOn?.Invoke(answer.Text) ?? "", cancel);
                continue;
            }

            each?.Invoke(answer);
        }
    }

    private static ImapEnd? Ended(ImapAnswer answer, string tag) =>
        answer.IsStatus && answer.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase) ? new(answer.Word, answer.Code, answer.Text) : null;
}
