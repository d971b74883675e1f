using System.Collections.Immutable;
using Parley.Channels.Connections;
using Parley.Channels.Receiving;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Threads;
using Parley.Platform.Store;
using Parley.Platform.Web;
using Parley.Workspaces;
using Naming = Parley.Workspaces.Naming;

namespace Parley.Channels;

/// <summary>An inbox by which somebody can be written to first, by their address alone.</summary>
internal sealed record Mailing(InboxCard Inbox, Connection Connection, Channel Channel, string Address);

/// <summary>An agent writes first to an address, whether anybody knows it yet or not: a conversation of its own, of which they know nothing else.</summary>
internal sealed class Begins(Door door, Starts starts, Rosters rosters, People people, Boxes boxes, TimeProvider time)
{
    private const int Attempts = 2;

    public static readonly Refusal Own = new("mail.own", "That is an address of your own desk.", 400) { Errors = [new FieldFlaw("to.address", "own", "That is an address of your own desk.")] };

    private static readonly Refusal Taken = new("email.invalid", "Somebody else has this address.", 400) { Errors = [new FieldFlaw("to.address", "taken", "Somebody else has this address.")] };

    public Boxes Boxes => boxes;

    public Door Door => door;

    public Rosters Rosters => rosters;

    /// <param name="to">To whom: an address, or a contact, whose own address is meant where none is said.</param>
    /// <param name="content">What is said, with what stands around it; asked for only where it was not said before.</param>
    /// <param name="toll">What it costs where it is begun now.</param>
    /// <param name="names">What was sent, where it names what may be gone later.</param>
    /// <exception cref="ProblemException">429 <c>rate.limited</c>: too many first mails.</exception>
    public async Task<Outcome> Do(AgentPrincipal who, Origin origin, Mailing by, (ContactId? Contact, MailAddress? Address) to, Func<Task<Content>> content, Toll toll, object? names)
    {
        var (refused, address) = await Reached(who, by, to);
        for (var attempt = 1; refused is null; attempt++)
        {
            var start = await Start(who, origin, by, to.Contact, address!);
            // Said again it stands there already: its files are not copied once more.
            var did = await door.Desk.Did(start);
            var command = await Door.Fit(async () => did ? start : start with { Content = Addressed(await content(), address!) }, () => start, names);
            var outcome = await Paid(command, did || Flawed(command) ? null : toll);
            // Somebody else took the address in this moment: it is theirs, and so is the conversation.
            if (outcome.Refusal is not { Code: "key.taken" } || attempt == Attempts)
            {
                return outcome;
            }
        }

        return new Outcome { Refusal = refused };
    }

    private static bool Flawed(Command command) => command is not Start { Unfit: null, Content: var content } || Content.Flaw(content) is not null;

    private async Task<Outcome> Paid(Command command, Toll? toll)
    {
        toll?.Pay();
        var outcome = await door.Desk.Handle(command);
        if (outcome is { Accepted: false } or { Repeated: true })
        {
            toll?.Return();
        }

        return outcome;
    }

    private async Task<(Refusal? Refused, MailAddress? Address)> Reached(AgentPrincipal who, Mailing by, (ContactId? Contact, MailAddress? Address) to)
    {
        var address = to.Address is { } named ? named with { Address = Naming.Normal(named.Address) } : await Mailbox(who, to.Contact);
        if (to is { Contact: { } contact, Address: not null })
        {
            // Whoever is not seen is not there; and what is somebody else's does not become theirs.
            if (await people.State(who.Workspace, contact) is not { } state || !await people.Seen(who, state))
            {
                return (Refusal.Unknown("contact"), null);
            }

            if (await boxes.Holder(who.Workspace, Placing.KeyOf(by.Connection, by.Channel, address!.Address)) is { } holder && !(await people.Same(who.Workspace, contact)).Contains(holder))
            {
                return (Taken, null);
            }
        }

        return address is null ? (Starting.Unreachable, null) : (await Flaw(who.Workspace, address), address);
    }

    private async Task<Start> Start(AgentPrincipal who, Origin origin, Mailing by, ContactId? contact, MailAddress to)
    {
        var key = Placing.KeyOf(by.Connection, by.Channel, to.Address);
        var holder = await boxes.Holder(who.Workspace, key);
        var person = contact ?? holder ?? ContactId.New(time);
        var (conversation, known) = (ConversationId.New(time), await people.State(who.Workspace, person) is not null);
        var found = await starts.By(who, person, by.Inbox);
        var introduction = Introducing.Of(person, by.Channel.Kind, conversation, by.Inbox.Id, "", known: null);
        if (holder is null)
        {
            // From now on what comes from there is theirs; that it is, nobody has proven.
            var said = new Described(Source.Agent, Name(to.Name), to.Address);
            EntryBody[] more = known ? [new AddressHeld(by.Channel.Kind, to.Address, key, "claimed")] : [new AddressHeld(by.Channel.Kind, to.Address, key, "claimed"), said];
            introduction = introduction with { Each = [.. introduction.Each, .. more], Keys = [key] };
        }

        return new Start(origin, conversation, by.Inbox.Id, by.Inbox.Settings.Brand, by.Channel.Kind, person, introduction, Content.Nothing)
        {
            // One conversation a matter: what else is open with them is another.
            Known = int.MaxValue,
            Blocked = found.Blocked,
            Foreign = found.Foreign,
            Moment = found.Moment,
        };
    }

    /// <summary>Where a contact that the agent may see can be written to.</summary>
    private async Task<MailAddress?> Mailbox(AgentPrincipal who, ContactId? id) =>
        id is { } contact && await people.State(who.Workspace, contact) is { } state && await people.Seen(who, state) && await people.Of(who.Workspace, contact) is { Erased: false, Mailbox: { } mailbox } person ? new(Naming.Normal(mailbox), person.Name) : null;

    private async Task<Refusal?> Flaw(WorkspaceId workspace, MailAddress to) =>
        Naming.Email(to.Address) is { } wrong ? wrong with { Errors = [new FieldFlaw("to.address", "invalid", "That is no address.")] }
        : (await boxes.Of(rosters.Now(workspace), workspace)).Any(box => MailGuard.Bare(box.Address) == MailGuard.Bare(to.Address)) ? Own
        : null;

    private static Content Addressed(Content content, MailAddress to) => content with
    {
        Mail = (content.Mail ?? new Mailed()) with { To = [to, .. (content.Mail?.To ?? []).Where(one => Naming.Normal(one.Address) != to.Address)] },
    };

    private static string? Name(string? name) => name is { } said && Naming.Name(said) is null ? said.Trim() : null;
}

/// <summary>The inboxes of a company by which somebody can be written to first.</summary>
internal sealed class Boxes(ConnectionStore connections, Catalog catalog, Database database)
{
    public async Task<IReadOnlyList<Mailing>> Of(Roster roster, WorkspaceId workspace)
    {
        var found = new List<Mailing>();
        foreach (var (connection, _) in await connections.All(workspace))
        {
            if (roster.Inbox(connection.Inbox) is { } inbox && catalog.Find(connection.Kind) is { Capabilities.Begins: true } channel && channel.Able(connection) is not null && channel.Mailbox(connection) is MailAccount box)
            {
                found.Add(new(inbox, connection, channel, box.Address));
            }
        }

        return found;
    }

    /// <summary>Whose an address is.</summary>
    public async Task<ContactId?> Holder(WorkspaceId workspace, string key) => await database.Read(session => Claims.Holder(session, workspace, key)) is { } holder ? new ContactId(holder.Id) : null;

    /// <summary>By which inbox the customer of a conversation is written to; null: by none of these.</summary>
    public async Task<InboxId?> Of(ConversationId conversation) => (await database.Read(session => Delivering.DeliveryStore.Route(session, conversation)))?.Inbox;
}
