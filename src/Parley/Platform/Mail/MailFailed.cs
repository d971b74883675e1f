using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Platform.Mail;

/// <summary>Why a mail was not taken: what is to be done about it follows from this alone.</summary>
public enum MailRefusal
{
    /// <summary>Too much at once, or come again later.</summary>
    Throttled,

    /// <summary>Nobody answers, or the server is in trouble. Certainly nothing was taken.</summary>
    Unreachable,

    /// <summary>This letter will never be taken.</summary>
    Rejected,

    /// <summary>Nobody is at that address.</summary>
    RecipientGone,

    /// <summary>The settings are wrong: host, encryption, name, password, or the address that mails come from.</summary>
    Misconfigured,

    /// <summary>All of it was handed over, and nobody said whether it was taken.</summary>
    Unknown,
}

/// <summary>The mail server did not take it, or could not be spoken to.</summary>
/// <param name="final">It will not take it later either (RFC 5321, 4.2.1: 5xx).</param>
/// <param name="address">What is wrong is the address: nobody is there to take it.</param>
public sealed class MailFailed(string message, bool final = false, Exception? cause = null, bool address = false) : Exception(message, cause)
{
    public bool Final { get; } = final;

    public bool Address { get; } = address;

    public MailRefusal Kind { get; init; } = MailRefusal.Unreachable;

    /// <summary>It was said before any letter was: to everybody.</summary>
    public bool ForAll { get; init; }

    /// <summary>What of the settings is to be looked at; null: nothing.</summary>
    public MailFault? Fault { get; init; }

    /// <summary>After which time the server wants to be asked again, where it says so.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>What it answered with, as <c>550</c>; null: it did not.</summary>
    public int? Code { get; init; }
}

/// <summary>What a no of a mail server means, by where it was said (RFC 5321, 4.2; RFC 3463; and as servers word it that know neither).</summary>
internal static partial class MailNo
{
    /// <summary>To which of our lines it was said.</summary>
    internal enum To { Greeting, Entry, Sender, Recipient, Data, Letter }

    public static MailRefusal Kind(To to, int code, string line)
    {
        if (code is 530 or 534 or 535 or 538 || (to is To.Entry or To.Greeting && code >= 500))
        {
            return MailRefusal.Misconfigured;
        }

        if (code < 500)
        {
            return to == To.Entry && code == 454 ? MailRefusal.Unreachable : Slower().IsMatch(line) ? MailRefusal.Throttled : MailRefusal.Unreachable;
        }

        return to switch
        {
            To.Recipient when NoMailbox.Says(line) => MailRefusal.RecipientGone,
            // Not let in as one who may send elsewhere, or not as this sender: the same to everybody.
            To.Recipient or To.Sender when Relay().IsMatch(line) => MailRefusal.Misconfigured,
            To.Sender when code != 552 => MailRefusal.Misconfigured,
            _ => Slower().IsMatch(line) && Quota().IsMatch(line) ? MailRefusal.Throttled : MailRefusal.Rejected,
        };
    }

    /// <summary>"Try again in 5 minutes", "retry after 300 seconds"; a day at most. Null: it does not say.</summary>
    public static TimeSpan? After(string line)
    {
        if (Later().Match(line) is not { Success: true } later || !double.TryParse(later.Groups["count"].ValueSpan, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        var unit = later.Groups["unit"].Value.ToLowerInvariant() switch { ['h', ..] => 3_600, ['m', ..] => 60, _ => 1 };
        return TimeSpan.FromSeconds(Math.Min(count * unit, 86_400));
    }

    [GeneratedRegex(@"\b4\.7\.\d|\b421\b.*\b(?:rate|limit|many|slow|later)|rate.?limit|throttl|too (?:many|much|fast)|\bat a rate\b|grey.?list|gray.?list|limit exceeded|quota exceeded|slow down|try again (?:in|after)|retry (?:in|after)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Slower();

    [GeneratedRegex(@"daily|hourly|sending (?:limit|quota)|rate", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Quota();

    [GeneratedRegex(@"relay|rcpthosts|not (?:logged in|authenticated)|authenticat|sender .{0,40}(?:denied|rejected|not owned|not allowed)|not allowed to send", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Relay();

    [GeneratedRegex(@"(?:\bin|after|wait)\D{0,12}(?<count>\d{1,6})\s*(?<unit>s|sec|seconds?|m|min|minutes?|h|hours?)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Later();
}
