using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Takes the words out of one entry, for a stated reason: a password that was pasted, a card number.</summary>
public sealed record Redact(Origin Origin, ConversationId Conversation, long Of, string Reason, [property: JsonIgnore] Target? Target) : ConversationCommand(Origin, Conversation)
{
    [JsonIgnore]
    public override ImmutableArray<Subject> Others => Target?.Contacts ?? [];
}

/// <summary>Takes all words out of the conversation: the person asked to be forgotten.</summary>
public sealed record Erase(Origin Origin, ConversationId Conversation, string Reason) : ConversationCommand(Origin, Conversation);

/// <param name="Files">The files that went with it.</param>
public sealed record Redacted(long Of, string Reason, ImmutableArray<FileId>? Files = null) : EntryBody;

public sealed record Erased(string Reason) : EntryBody;

internal static class Redacting
{
    private const int LongestReason = 200;

    public static Decision Decide(Conversation it, Redact redact, Deciding deciding)
    {
        if (redact.Target is not { Type: "message" or "note" or "edited" or "rated" or "scheduled" } target)
        {
            return Refusal.Unknown("message");
        }

        if (redact.Reason.Length > LongestReason)
        {
            return new Refusal("reason.tooLong", $"A reason has at most {LongestReason} characters.", 400);
        }

        // The customer's screens must drop the words too, so the fact is as public as what it is about.
        return target.Redacted
            ? Decision.Nothing
            : Withdrawn(target, deciding, "redacted", new Decision
            {
                Drafts = [new Draft(new Redacted(redact.Of, redact.Reason, target.Files), Visibility: target.Visibility), .. Unsent(it, redact.Of)],
                Overwrites = [new Overwrite(redact.Subject, redact.Of, "redacted")],
            });
    }

    /// <summary>What was still to be sent is not sent without its words.</summary>
    private static IEnumerable<Draft> Unsent(Conversation it, long of) => Scheduling.Find(it, of) is null ? [] : [new Draft(new Unscheduled(of, "redacted"))];

    /// <summary>What an answer said of a person goes with it. Of somebody who was forgotten nothing is left to take.</summary>
    public static Decision Withdrawn(Target target, Deciding deciding, string reason, Decision decision)
    {
        foreach (var (contact, seq) in target.Claims)
        {
            var subject = Contact.Subject(contact);
            if (deciding.Others.TryGetValue(subject, out var known) && known is (Contact { Erased: false }, var last) && seq <= last)
            {
                decision = decision with
                {
                    Drafts = decision.Drafts.Add(new Draft(new ClaimsWithdrawn(seq, reason), subject)),
                    Overwrites = decision.Overwrites.Add(new Overwrite(subject, seq, reason)),
                };
            }
        }

        return decision;
    }

    /// <summary>Nobody is awaited any more in what is empty.</summary>
    public static Decision Decide(Conversation it, Erase erase, Deciding deciding) => it.Erased
        ? Decision.Nothing
        : Closing.Stop(new Course(it, erase, deciding), it.Policy.EndsSessions).Add(new Draft(new Erased(erase.Reason), Visibility: Visibility.Public)).Decision with
        {
            Overwrites = [new Overwrite(erase.Subject, null, "erased")],
        };
}
