using Parley.Channels.Connections;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Mail.Threads;
using Parley.Workspaces;

namespace Parley.Channels.Receiving;

/// <summary>What became of one thing that a provider told.</summary>
internal abstract record Taken
{
    /// <summary>It stands in the log, or needs not.</summary>
    public sealed record Done : Taken;

    /// <summary>It is about something that is not known here yet.</summary>
    public sealed record Early : Taken;

    /// <summary>It is about something that is on its way from here, and is taken when that has ended.</summary>
    public sealed record Underway : Taken;

    /// <summary>We could not just now.</summary>
    public sealed record Busy : Taken;

    /// <summary>It broke in our hands: that may pass, and is not waited for without end.</summary>
    public sealed record Broken : Taken;

    /// <summary>It will not be taken, whenever.</summary>
    public sealed record Refused(string Code) : Taken;
}

/// <summary>
/// Brings a customer's word from a channel into the log by the same commands as from the widget. What is to be done is written down first (<see cref="Ledger"/>), so that done again it is
/// the same.
/// </summary>
internal sealed class Taking(Placing placing, Composing composing, Ledger ledger, Rosters rosters, Desk desk, TimeProvider time)
{
    private const int Attempts = 3;
    private const int LongestAddress = 400;

    /// <summary>Words to a thread that takes none any more begin another; and an address that somebody else took in this moment is theirs.</summary>
    private static readonly string[] Over = ["conversation.ended", "conversation.merged", "conversation.erased", "conversation.unknown", "contact.erased", "contact.blocked", "key.taken"];

    public async Task<Taken> Take(Connection connection, Channel channel, InboundMessage message)
    {
        if (await rosters.Of(connection.Workspace) is not { } roster || roster.Inbox(connection.Inbox) is not { } inbox)
        {
            return new Taken.Refused("inbox.unknown");
        }

        if (string.IsNullOrWhiteSpace(message.From.Address) || message.From.Address.Length > LongestAddress)
        {
            return new Taken.Refused("address.invalid");
        }

        var plan = await ledger.Find(connection.Inbox, message.Key, ours: false);
        if (plan is null && message.Mail is { } mail)
        {
            var guard = await Guarded(connection, message, mail);
            if (!guard.Takes)
            {
                return new Taken.Refused("mail.flood");
            }

            message = message with { Mail = mail with { Said = mail.Said with { Automatic = guard.Why == MailHalt.None ? null : Word(guard.Why) } } };
        }

        for (var attempt = 0; attempt < Attempts && plan is not { Seq: > 0 }; attempt++)
        {
            if (plan is null || attempt > 0)
            {
                if (await placing.Place(connection, channel, message, fresh: attempt > 0) is not { } place)
                {
                    // Of who is blocked nothing is taken, and nobody is told.
                    return new Taken.Done();
                }

                plan = await ledger.Plan(connection.Inbox, place with { Address = message.From.Address.Trim(), Name = message.Name ?? "", At = message.Mail?.Received }, anew: attempt > 0);
            }

            var outcome = await desk.Handle(await composing.Command(connection, channel, inbox, message, plan));
            if (outcome.Accepted)
            {
                await ledger.Done(connection.Inbox, message.Key, outcome.Entries.First(entry => entry.Body is Message).Seq);
                return new Taken.Done();
            }

            if (outcome.Refusal!.Status >= 500)
            {
                // Too much to do passes; what broke at this very word may break there every time.
                return outcome.Refusal.Status == 503 ? new Taken.Busy() : new Taken.Broken();
            }

            if (!Over.Contains(outcome.Refusal.Code))
            {
                await ledger.Drop(connection.Inbox, message.Key);
                return new Taken.Refused(outcome.Refusal.Code);
            }
        }

        return plan is { Seq: > 0 } ? new Taken.Done() : new Taken.Broken();
    }

    /// <summary>Whether a program may have written it, or so many came that two of them answer each other.</summary>
    private async Task<MailGuard> Guarded(Connection connection, InboundMessage message, InboundMail mail)
    {
        // What waited while nobody fetched did not come all at once: it counts when it came, and is taken whole.
        var (address, now) = (message.From.Address.Trim(), mail.Received is { } came && came < time.GetUtcNow() ? came : time.GetUtcNow());
        var isLate = now < time.GetUtcNow() - MailGuard.Span;
        var before = mail.IsOld ? [] : await ledger.Since(connection.Inbox, address, now - MailGuard.Span, now, isLate ? MailGuard.Flood - 1 : MailGuard.Flood);
        return MailGuard.Decide(mail.Kind, address, Nobody, isOurs: false, mail.IsOld, before, now, mail.Often);
    }

    private static readonly HashSet<string> Nobody = [];

    private static string Word(MailHalt why) => why.ToString().ToLowerInvariant();
}
