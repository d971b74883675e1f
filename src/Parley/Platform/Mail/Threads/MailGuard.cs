using Parley.Platform.Mail.Reading;

namespace Parley.Platform.Mail.Threads;

/// <summary>Why a mail is not answered by a program.</summary>
public enum MailHalt
{
    /// <summary>It may be.</summary>
    None,

    /// <summary>We wrote it ourselves.</summary>
    Own,

    /// <summary>A program answered: one that is away, one that says that it got our mail.</summary>
    Reply,

    /// <summary>A program told something.</summary>
    Notice,

    /// <summary>It went to many.</summary>
    Many,

    /// <summary>It lay in the mailbox before anybody looked.</summary>
    Old,

    /// <summary>So many came from there that it may be a loop.</summary>
    Often,

    /// <summary>So many came from there that it is one, or somebody's harm.</summary>
    Flood,
}

/// <param name="Takes">Whether it becomes a word in a thread. What does not is kept as it came.</param>
/// <param name="Wakes">Whether somebody is owed an answer for it.</param>
/// <param name="Answers">Whether a program may answer it.</param>
public sealed record MailGuard(bool Takes, bool Wakes, bool Answers, MailHalt Why)
{
    /// <summary>Mails from one address in <see cref="Span"/> from which on no program answers.</summary>
    public const int Often = 10;

    /// <summary>From which on they are kept and nobody is shown them one by one.</summary>
    public const int Flood = 100;

    public static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    /// <param name="sender">The address it comes from.</param>
    /// <param name="own">Our addresses, in small letters, without what stands behind a +.</param>
    /// <param name="isOurs">Whether it has an id that only we give.</param>
    /// <param name="before">When others came from there.</param>
    /// <param name="often">From how many on no program answers.</param>
    public static MailGuard Decide(AutomaticKind kind, string sender, IReadOnlySet<string> own, bool isOurs, bool isOld, IReadOnlyList<DateTimeOffset> before, DateTimeOffset now, int often = Often)
    {
        if (isOurs || own.Contains(Bare(sender)))
        {
            return new(false, false, false, MailHalt.Own);
        }

        var count = before.Count(at => at > now - Span && at <= now);
        return (kind, isOld) switch
        {
            _ when !isOld && count >= Flood => new(false, false, false, MailHalt.Flood),
            (AutomaticKind.Reply, _) => new(true, false, false, MailHalt.Reply),
            (AutomaticKind.Notice, _) => new(true, true, false, MailHalt.Notice),
            (AutomaticKind.Many, _) => new(true, true, false, MailHalt.Many),
            (_, true) => new(true, true, false, MailHalt.Old),
            _ when count >= often => new(true, true, false, MailHalt.Often),
            _ => new(true, true, true, MailHalt.None),
        };
    }

    /// <summary>An address in small letters without what stands behind a +.</summary>
    public static string Bare(string address)
    {
        var small = address.Trim().ToLowerInvariant();
        return small.IndexOf('+') is > 0 and var plus && small.IndexOf('@') is > 0 and var at && plus < at ? small[..plus] + small[at..] : small;
    }
}
