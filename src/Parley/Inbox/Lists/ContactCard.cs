using Parley.Contacts;

namespace Parley.Inbox.Lists;

/// <summary>A contact as it stands beside a conversation: the person that it turned out to be.</summary>
/// <param name="Version">Another number: more is known of them.</param>
internal sealed record ContactCard(ContactId Id, string? Name, bool Verified, long Version)
{
    public static async Task<IReadOnlyDictionary<ContactId, ContactCard>> Of(People people, WorkspaceId workspace, IEnumerable<ContactId> contacts) =>
        (await people.Of(workspace, [.. contacts.Distinct()])).ToDictionary(pair => pair.Key, pair => new ContactCard(pair.Value.Id, pair.Value.Name, pair.Value.Verified, pair.Value.Seq));
}
