using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>The customer is told elsewhere of words that they have not seen.</summary>
/// <param name="By"><c>mail</c> or <c>push</c>.</param>
/// <param name="First">The first word that they have not seen.</param>
public sealed record Notify(Origin Origin, ConversationId Conversation, string By, long First, long Last) : ConversationCommand(Origin, Conversation)
{
    /// <summary>The mail that was laid out for it; another where the same is asked again.</summary>
    [JsonIgnore]
    public Guid? Mail { get; init; }
}

public sealed record Notified(string By, long First, long Last) : EntryBody
{
    /// <summary>By which mail, where that was laid out before: of those that were laid out in vain none goes.</summary>
    public Guid? Mail { get; init; }
}

/// <summary>What was sent to the customer did not come to them.</summary>
/// <param name="Cause">See <see cref="Undelivered"/>.</param>
public sealed record MissCustomer(Origin Origin, ConversationId Conversation, string By, long First, long Last, string Cause) : ConversationCommand(Origin, Conversation);

/// <summary>The customer was not told after all.</summary>
/// <param name="Cause"><c>refused</c> (nobody is at that address), or <c>givenUp</c> (the mail server did not take it, and it is not tried again by itself); of a channel, the code of its failure.</param>
public sealed record Undelivered(string By, long First, long Last, string Cause) : EntryBody;

/// <summary>What was told to have failed came to the customer after all.</summary>
public sealed record ReachCustomer(Origin Origin, ConversationId Conversation, string By, long Message) : ConversationCommand(Origin, Conversation);

/// <summary>It was sent once more, and went out.</summary>
public sealed record Reached(string By, long Message) : EntryBody;

internal static class Notifying
{
    public static Decision Decide(ReachCustomer reach) => new Reached(reach.By, reach.Message);

    /// <summary>Of what is not there (any more) nobody is told.</summary>
    public static Decision Decide(Notify notify, Deciding deciding) =>
        notify.First < 1 || notify.Last < notify.First || notify.Last > deciding.Seq ? Decision.Nothing : new Notified(notify.By, notify.First, notify.Last) { Mail = notify.Mail };

    public static Decision Decide(MissCustomer miss) => new Undelivered(miss.By, miss.First, miss.Last, miss.Cause);
}
