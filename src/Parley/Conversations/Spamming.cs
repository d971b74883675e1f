using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Says that a conversation is spam, or that it is none after all. One key: it is closed, its contact blocked, and it counts nowhere.</summary>
/// <param name="Contact">Whose it is: the person, where the contact turned out to be somebody.</param>
public sealed record SetSpam(Origin Origin, ConversationId Conversation, [property: JsonIgnore] ContactId Contact, bool On) : ConversationCommand(Origin, Conversation)
{
    [JsonIgnore]
    public override ImmutableArray<Subject> Others => [Contacts.Contact.Subject(Contact)];
}

/// <summary>Readers that list, count or measure leave the conversation out from now on.</summary>
public sealed record SpamMarked : EntryBody;

public sealed record SpamCleared : EntryBody;

internal static class Spamming
{
    private const string Cause = "spam";

    public static Decision Decide(Conversation it, SetSpam command, Deciding deciding)
    {
        if (it.Spam == command.On)
        {
            return Decision.Nothing;
        }

        var contact = Contacts.Contact.Subject(command.Contact);
        var (state, known) = deciding.Others[contact];
        var decision = command.On
            ? Decision.Of(it.Status == Status.Closed ? [new SpamMarked()] : [new SpamMarked(), new Closed(Cause)])
            : Decision.Of(it.Status == Status.Closed ? [new SpamCleared(), new Reopened("manual")] : [new SpamCleared()]);
        if (command.On)
        {
            var course = new Course(it, command, deciding, decision);
            decision = Closing.Stop(it is { EpisodeOpen: true } ? course.Then(new EpisodeClosed(it.Episode)) : course, course.Policy.EndsSessions).Decision;
        }

        // Whom somebody blocked by hand stays so, whatever becomes of one conversation.
        return known == 0 || state is Contact { Erased: true } || (command.On ? state is Contact { Blocked: true } : state is not Contact { BlockedFor: Cause })
            ? decision
            : decision with { Drafts = decision.Drafts.Add(new Draft(command.On ? new ContactBlocked(Cause) : new ContactUnblocked(Cause), contact)) };
    }

    public static Conversation Apply(Conversation it, bool on) => it with { Spam = on };
}
