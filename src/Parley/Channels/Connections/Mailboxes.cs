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

        foreach (var card in Of(roster, brand))
        {
            if (await connections.Load(card.Id) is ({ } connection, { On: true }) && catalog.Find(connection.Kind) is { } channel && channel.Able(connection) is not null && channel.Mailbox(connection) is { } box)
            {
                return box;
            }
        }

        return null;
    }

    public bool Has(Roster roster, BrandId brand) => Of(roster, brand).Any();

    private IEnumerable<InboxCard> Of(Roster roster, BrandId brand) => roster.Inboxes.Values.Where(card => card.Settings.Brand == brand && catalog.Find(card.Settings.Channel) is { Capabilities.Address: AddressKind.Email });
}
