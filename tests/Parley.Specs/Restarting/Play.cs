using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Floor = Parley.Contacts.Floor;
using Profile = Parley.Workspaces.Profile;

namespace Parley.Specs.Restarting;

/// <summary>A clock that stands until it is set.</summary>
internal sealed class HandClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>
/// A conversation that is played on a Desk alone: it is written as a server writes it, wake-ups come when they are due, and it ends at a given moment. Without a
/// Desk only its length is counted.
/// </summary>
internal sealed class Play(Desk? desk, HandClock clock, Play.Stage stage)
{
    private static readonly ConversationKind Kind = new();

    private bool _here = true;
    private bool _staffed = true;
    private bool _agentHere = true;
    private int _commands;
    private long _number;

    /// <param name="Colleague">Who is asked first where two are asked.</param>
    internal sealed record Stage(WorkspaceId Workspace, InboxId Inbox, BrandId Brand, Profile Profile, ContactId Customer, string Device, AgentId Agent, AgentId Colleague)
    {
        /// <summary>Strict live begins nothing where nobody is; that it may leave a message is a switch.</summary>
        public Terms Terms { get; } = new(JsonNamingPolicy.CamelCase.ConvertName(Profile.ToString()), 72)
        {
            Switches = Profile == Profile.StrictLive ? new Switches { WhenClosed = WhenClosed.Messaging } : null,
        };
    }

    public ConversationId Id { get; } = ConversationId.New(TimeProvider.System);

    public TimeSpan Length { get; private set; }

    public Profile Profile => stage.Profile;

    private Origin ByCustomer => new(stage.Workspace, new Author(AuthorKind.Contact, stage.Customer.Value), $"{Id}-{++_commands}");

    private Origin BySystem => new(stage.Workspace, Author.System, $"{Id}-{++_commands}");

    /// <summary>The clock's milliseconds, and always more than before.</summary>
    private long Number => _number = Math.Max(_number + 1, clock.Now.ToUnixTimeMilliseconds());

    /// <summary>Nobody is online, and the customer has no stream: what begins is messaging.</summary>
    public Play Alone()
    {
        (_here, _staffed, _agentHere) = (false, false, false);
        return this;
    }

    public Task Opens() => Do(new Open(
        ByCustomer, Id, stage.Inbox, stage.Brand, "web", stage.Customer, stage.Terms, Introducing.Of(stage.Customer, "web", Id, stage.Inbox, stage.Device, null), Content.Of("Hello?")) { Languages = ["en"] });

    public async Task Live()
    {
        await Opens();
        await Offered();
        await Do(new AcceptOffer(By(stage.Agent), Id, await Offer(), stage.Agent));
    }

    public Task Offered(AgentId? agent = null) => Do(new OfferTo(BySystem, Id, OfferId.New(TimeProvider.System), agent ?? stage.Agent));

    public async Task OfferedToTwo()
    {
        await Offered(stage.Colleague);
        await Do(new DeclineOffer(By(stage.Colleague), Id, await Offer(), stage.Colleague));
        await Offered();
    }

    public Task Writes() => Do(new Post(ByCustomer, Id, Content.Of("And?"), stage.Terms));

    public Task Answers() => Do(new Post(By(stage.Agent), Id, Content.Of("Yes"), stage.Terms));

    public Task Assigned() => Do(new Assign(By(stage.Colleague), Id, stage.Agent, null));

    public Task AsksToTalk()
    {
        (_here, _staffed, _agentHere) = (true, true, true);
        return Do(new RequestLive(ByCustomer, Id));
    }

    public Task Leaves()
    {
        _here = false;
        return Do(new ContactLeft(BySystem, Id, Number));
    }

    public Task AgentLeaves()
    {
        _agentHere = false;
        return Do(new AgentLeft(BySystem, Id, stage.Agent, Number));
    }

    public Task Later(TimeSpan by) => Do(new GoOnLater(By(stage.Agent), Id, stage.Agent, clock.Now + by));

    public Task Snoozes(TimeSpan until) => Do(new Snooze(By(stage.Agent), Id, clock.Now + until));

    public Task Pends() => Do(new Pend(By(stage.Agent), Id, PendingOn.Customer));

    public Task Closes() => Do(new Close(By(stage.Agent), Id));

    public Task Ends() => Do(new EndSession(ByCustomer, Id));

    public Task IsSpam() => Do(new SetSpam(By(stage.Agent), Id, stage.Customer, On: true));

    public Task IsErased() => Do(new Erase(By(stage.Agent), Id, "asked"));

    /// <summary>Time passes, and what is due meanwhile is done as it is in the product.</summary>
    public async Task After(double seconds)
    {
        Length += TimeSpan.FromSeconds(seconds);
        if (desk is null)
        {
            return;
        }

        var until = clock.Now.AddSeconds(seconds);
        while (Kind.Due(await State()) is { } due && due <= until)
        {
            clock.Now = due > clock.Now ? due : clock.Now.AddMilliseconds(1);
            await Do(new Wake(BySystem, Id));
        }

        clock.Now = until;
    }

    private async Task<OfferId> Offer() => desk is null ? default : (await State()).Offer.ShouldNotBeNull().Id;

    private Origin By(AgentId agent) => new(stage.Workspace, new Author(AuthorKind.Agent, agent.Value), $"{Id}-{++_commands}");

    private async Task<Conversation> State() => (Conversation)(await desk!.Look(stage.Workspace, Conversation.Subject(Id))).ShouldNotBeNull().State;

    private async Task Do(ConversationCommand command)
    {
        if (desk is null)
        {
            return;
        }

        var number = _number;
        var moment = new Moment
        {
            Floor = _staffed ? new Floor(2, 8, 0) : default, Contact = new Here(_here, number), Agent = new Here(_agentHere, number), Device = stage.Device,
        };
        var outcome = await desk.Handle(command with { Moment = moment });
        outcome.Refusal.ShouldBeNull($"{command.GetType().Name} in {stage.Profile}");
    }
}
