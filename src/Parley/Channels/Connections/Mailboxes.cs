using Parley.Conversations;
using Parley.Platform.Mail;
using Parley.Workspaces;

namespace Parley.Channels.Connections;

/// <summary>The mailboxes of a company: its channels that are one.</summary>
internal sealed class Mailboxes(ConnectionStore connections, Catalog catalog, Rosters rosters) : IMailboxes
{
    public async ValueTask<MailAccount?> Of(WorkspaceId workspace, BrandId brand)
    {
        if (await rosters.Of(workspace) is not { } roster || !Has(roster, brand))
        {
            return null;
        }

        MailAccount? broken = null;
        foreach (var card in Of(roster, brand).OrderBy(card => card.Id))
        {
            if (await connections.Load(card.Id) is ({ } connection, { On: true } state) && catalog.Find(connection.Kind) is { } channel && channel.Able(connection) is not null && channel.Mailbox(connection) is { } box)
            {
                if (state.Broken is null)
                {
                    return box;
                }

                broken ??= box;
            }
        }

        // One that works goes before one of which it is known that it does not.
        return broken;
    }

    public bool Has(Roster roster, BrandId brand) => Of(roster, brand).Any();

    private IEnumerable<InboxCard> Of(Roster roster, BrandId brand) => roster.Inboxes.Values.Where(card => card.Settings.Brand == brand && catalog.Find(card.Settings.Channel) is { Capabilities.Address: AddressKind.Email });
}
