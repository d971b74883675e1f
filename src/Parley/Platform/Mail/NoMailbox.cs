using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Platform.Mail;

/// <summary>
/// Whether a no to a recipient means that nobody is there, and nothing else: not a mailbox that is full, a server in trouble, or a sender that may not.
/// What is taken for one wrongly would cost somebody all further mails; what is missed is seen by an administrator.
/// </summary>
internal static partial class NoMailbox
{
    private static readonly string[] OfUs = ["relay", "rcpthosts", "block", "spam", "policy", "sender", "authenticat", "reputation", "denied"];

    /// <param name="answer">The last line of what the mail server said.</param>
    public static bool Says(string answer)
    {
        if (Coded().Match(answer) is { Success: true } coded)
        {
            // RFC 3463, 3.2: the address written to, but for 5 (it is right), 7 and 8 (the sender's) and 9 (a server on the way).
            return coded.Groups["subject"].Value == "1" && int.Parse(coded.Groups["detail"].ValueSpan, CultureInfo.InvariantCulture) is not (5 or 7 or 8 or 9);
        }

        // RFC 5321, 4.2.3: no such mailbox, not local, a name that is none.
        return (answer.StartsWith("550", StringComparison.Ordinal) || answer.StartsWith("551", StringComparison.Ordinal) || answer.StartsWith("553", StringComparison.Ordinal)) && !OfUs.Any(word => answer.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\A5\d\d[ -]5\.(?<subject>\d{1,3})\.(?<detail>\d{1,3})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Coded();
}
