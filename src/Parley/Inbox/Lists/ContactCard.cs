using Parley.Contacts;

namespace Parley.Inbox.Lists;

/// <summary>A contact as it stands beside a conversation.</summary>
internal sealed record ContactCard(string? Name, bool Verified)
{
    public static async Task<IReadOnlyDictionary<ContactId, ContactCard>> Of(People people, WorkspaceId workspace, IEnumerable<ContactId> contacts) =>
        (await people.Of(workspace, [.. contacts.Distinct()])).ToDictionary(pair => pair.Key, pair => new ContactCard(pair.Value.Name, pair.Value.Verified));
}
