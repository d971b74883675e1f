using Parley.Conversations;
using Parley.Log;

namespace Parley.Notifications;

/// <summary>
/// Our words in one conversation that the customer may not have seen: where they begin and end, and when that is looked at. A turn is over when the customer
/// writes; they are mailed once a turn, and again only after they have read what was mailed.
/// </summary>
/// <param name="Due">When it is looked at; null: not until something is said.</param>
/// <param name="Mailed">The last word that was mailed in this turn; 0: none; below 0: up to there it was, and came back.</param>
/// <param name="Position">The last entry that is in it: what is read again changes nothing.</param>
internal sealed record Unseen(long First, long Last, DateTimeOffset? Due, long Mailed, long Position)
{
    /// <summary>The customer wrote by a channel last, and gets our words there: nobody need tell them of any.</summary>
    public bool Elsewhere { get; init; }

    public static readonly Unseen None = new(0, 0, null, 0, 0);

    /// <summary>Older words than this were said before anybody looked after them: they are let be.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromDays(1);

    /// <param name="after">After how long the inbox mails what was not seen; null: never.</param>
    /// <param name="elsewhere">The entry came by another way than the web.</param>
    public Unseen With(Entry entry, TimeSpan? after, DateTimeOffset now, bool elsewhere = false)
    {
        if (entry.Position <= Position || entry.Historic)
        {
            return this;
        }

        return entry.Body switch
        {
            // Somebody else's word says nothing of what the customer has read.
            Message { Content.Mail.From: not null } when entry.Author.Kind == AuthorKind.Contact => this with { Position = entry.Position },
            _ when entry is { Type: "message", Author.Kind: AuthorKind.Contact } => elsewhere ? Left(entry) : None with { Position = entry.Position },
            Message when Elsewhere => this,
            Message when IsWord(entry) && after is { } wait && now - entry.At < Old =>
                this with { First = First == 0 ? entry.Seq : First, Last = entry.Seq, Due = Due ?? entry.At + wait, Position = entry.Position },
            Notified { By: Noticing.Mail } told => this with { Due = null, Mailed = told.Last, Position = entry.Position },
            // It came back after all: it is as if it had never gone.
            Undelivered { By: Noticing.Mail, Cause: "refused" } missed when Mailed > 0 && Mailed == missed.Last => this with { Mailed = -Mailed, Position = entry.Position },
            Erased => None with { Position = entry.Position, Elsewhere = Elsewhere },
            _ => this,
        };
    }

    /// <summary>
    /// Who answers a mail has read that, and nothing that was said after it: this comes by mail too, at once. All that is said from now on goes out on its own.
    /// </summary>
    private Unseen Left(Entry entry) => First == 0 && Elsewhere ? this : First == 0 || Last <= Mailed
        ? None with { Position = entry.Position, Elsewhere = true }
        : new(Math.Max(First, Mailed + 1), Last, entry.At, 0, entry.Position) { Elsewhere = true };

    /// <summary>What is mailed now; null: nothing, for it was seen, or what was mailed last has not been read yet.</summary>
    /// <param name="seen">How far the customer has read.</param>
    public (long First, long Last)? News(long seen) =>
        First == 0 || seen >= Last || (Mailed > 0 && seen < Mailed) ? null : (Math.Max(First, seen + 1), Last);

    /// <summary>What it is that is told: whoever looks at the same finds the same, and after a mail that came back it is told once more.</summary>
    public string Told(long first) => Mailed < 0 ? $"mail:{first}:{-Mailed}" : $"mail:{first}";

    /// <summary>A word of a person or a bot to the customer: what the system says, and what is automatic, is none.</summary>
    public static bool IsWord(Entry entry) =>
        entry is { Visibility: Visibility.Public, Body: Message, Author.Kind: AuthorKind.Agent or AuthorKind.Bot or AuthorKind.Program };
}
