using System.Collections.Immutable;
using Parley.Conversations;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Threads;

namespace Parley.Channels.Email.Sending;

/// <summary>A mail of a thread, in either direction.</summary>
/// <param name="Id">By which others name it; null: nobody knows any more.</param>
/// <param name="Who">Who wrote it, as people read it.</param>
/// <param name="Text">Its words, without what it quotes.</param>
internal sealed record ThreadMail(long Seq, bool Ours, string? Id, Mailed? Mail, string Who, string Text, DateTimeOffset At)
{
    /// <summary>From somebody who is known in the thread.</summary>
    public bool IsSure => Mail is not { Unverified: true };
}

/// <summary>What the mails of a thread say about the next: whom it goes to, what it is about, and which it answers.</summary>
/// <param name="All">The oldest first.</param>
internal sealed record ThreadMails(ImmutableArray<ThreadMail> All)
{
    public ThreadMail? Last => All.LastOrDefault(mail => mail is { Ours: false, IsSure: true });

    public string? Subject => All.LastOrDefault(mail => mail is { IsSure: true, Mail.Subject.Length: > 0 })?.Mail!.Subject;

    /// <summary>The mail that the next answers: the customer's last, and where they wrote none, ours.</summary>
    public string? Answers => All.LastOrDefault(mail => mail is { Ours: false, IsSure: true, Id: not null })?.Id ?? All.LastOrDefault(mail => mail is { Ours: true, Id: not null })?.Id;

    /// <summary>The newest that came in was none that a person wrote, or may be one of a loop: no program answers it.</summary>
    public bool IsAutomatic => All.LastOrDefault(mail => !mail.Ours) is { Mail.Automatic: not null };

    public IReadOnlyList<string> References => [.. All.Select(mail => mail.Id).OfType<string>()];

    /// <summary>Who has the mails of the thread besides the one it is with, as the newest of them has it that names anybody.</summary>
    /// <param name="own">Our addresses, bare.</param>
    public IReadOnlyList<MailAddress> Others(string customer, IReadOnlySet<string> own)
    {
        foreach (var mail in All.Where(mail => mail.IsSure).Reverse())
        {
            if (mail is { Ours: false, Mail: { } came })
            {
                return Without([.. came.From is { } from ? [from] : Array.Empty<MailAddress>(), .. came.To ?? [], .. came.Cc ?? []], customer, own);
            }

            if (mail is { Ours: true, Mail: { } went } && (went.To is not null || went.Cc is not null))
            {
                return Without([.. went.To ?? [], .. went.Cc ?? []], customer, own);
            }
        }

        return [];
    }

    /// <summary>Each once, without those who have it already.</summary>
    internal static IReadOnlyList<MailAddress> Without(IEnumerable<MailAddress> all, string customer, IReadOnlySet<string> own)
    {
        var had = new HashSet<string>(own, StringComparer.Ordinal) { customer.Trim().ToLowerInvariant() };
        return [.. all.Where(one => !own.Contains(MailGuard.Bare(one.Address)) && had.Add(one.Address.Trim().ToLowerInvariant()))];
    }
}
