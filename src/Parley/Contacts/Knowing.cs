using Parley.Log;

namespace Parley.Contacts;

/// <summary>A customer was told that an inbox answers otherwise than when they were there before. Told with the sentence itself, in one transaction.</summary>
public sealed record ContactInformed(InboxId Inbox, Workspaces.Profile Profile) : EntryBody;

/// <summary>What a customer knows of how an inbox answers, and since when.</summary>
public sealed record KnownProfile(Workspaces.Profile Profile, DateTimeOffset At);

internal static class Knowing
{
    public static Contact Apply(Contact it, ContactInformed informed, DateTimeOffset at) => it with { Known = it.Known.SetItem(informed.Inbox, new KnownProfile(informed.Profile, at)) };
}
