using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Tells a customer who came back that the inbox answers otherwise than when they were here before.</summary>
/// <param name="Person">Whom it is told; where the customer turned out to be somebody, that one.</param>
/// <param name="Since">When the inbox got its profile.</param>
public sealed record Inform(Origin Origin, ConversationId Conversation, [property: JsonIgnore] ContactId Person, [property: JsonIgnore] Workspaces.Profile Profile, [property: JsonIgnore] DateTimeOffset Since)
    : ConversationCommand(Origin, Conversation)
{
    [JsonIgnore]
    public override ImmutableArray<Subject> Others => [Contact.Subject(Person)];
}

/// <param name="Profile">How the inbox answers now.</param>
public sealed record Informed(Workspaces.Profile Profile, Told Told) : EntryBody, ITold
{
    internal override Visibility Visibility => Visibility.Public;
}

internal static class Informing
{
    /// <summary>Once per person, whichever of their threads they come back to: what they know stands with them, and is written with the sentence.</summary>
    public static Decision Decide(Conversation it, Inform inform, Deciding deciding)
    {
        var (person, known) = deciding.Other<Contact>(Contact.Subject(inform.Person));
        if (it.Mode == Mode.Ended || it.Spam || known == 0 || person.Erased || person.Known.GetValueOrDefault(it.Inbox) is { } told && told.At >= inform.Since)
        {
            return Decision.Nothing;
        }

        var telling = (inform.Moment ?? Moment.Unknown).Telling;
        return new Decision
        {
            Drafts = [new Draft(new ContactInformed(it.Inbox, inform.Profile), Contact.Subject(inform.Person)), new Draft(new Informed(inform.Profile, Sayings.Of(Code(inform.Profile), telling, it.Language)))],
        };
    }

    /// <summary>Which sentence says how it is now: <c>profile.strictLive</c>.</summary>
    public static string Code(Workspaces.Profile profile) => $"profile.{JsonNamingPolicy.CamelCase.ConvertName(profile.ToString())}";
}
