using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Live;

/// <summary>Who counts as here for a conversation: a customer with a stream, whoever they turned out to be; an agent with a stream and any state but offline.</summary>
internal sealed class Sightings(Comings comings, Rosters rosters, People people, LiveSettings settings)
{
    private readonly TimeSpan _leave = TimeSpan.FromSeconds(settings.LeaveSeconds);

    public static Somebody Agent(WorkspaceId workspace, AgentId agent) => new(workspace, new Author(AuthorKind.Agent, agent.Value));

    /// <summary>Who sits on which chair is known from here on: of whom nobody has read it yet, nobody knows that they are offline.</summary>
    public async ValueTask Ready(WorkspaceId workspace) => await rosters.Of(workspace);

    /// <param name="device">The device that the session belongs to, where it belongs to one: the person's others are no part of it.</param>
    public async ValueTask<Somebody> Person(WorkspaceId workspace, ContactId contact, string? device) =>
        new(workspace, new Author(AuthorKind.Contact, ((await people.State(workspace, contact))?.Becomes ?? contact).Value), device);

    /// <summary>Told when somebody came or left, or an agent said that they are here or gone.</summary>
    public void Listen(Action<Somebody> changed)
    {
        comings.Listen(changed);
        rosters.Listen((before, after) =>
        {
            foreach (var agent in after.Agents.Values.Where(agent => before.Agent(agent.Id)?.Chair != agent.Chair))
            {
                changed(Agent(after.Id, agent.Id));
            }
        });
    }

    public Here Of(Somebody who) => Sits(who) ? comings.Of(who) : comings.Of(who) with { Present = false };

    /// <summary>True where this node has their stream: it need ask no other whether they are here.</summary>
    public bool Own(Somebody who) => comings.Own(who);

    /// <summary>When somebody who is not here counts as having left: a change of pages is no leaving, but who says that they go is not waited for. Null where nothing was ever heard of them.</summary>
    public DateTimeOffset? Gone(Somebody who, TimeSpan grace, DateTimeOffset now) =>
        comings.Of(who).Present || !Sits(who) ? now
        : comings.Left(who) is { } left ? left + (grace / 2 < _leave ? grace / 2 : _leave)
        : null;

    private bool Sits(Somebody who) =>
        who.Person.Kind != AuthorKind.Agent || rosters.Now(who.Workspace).Agent(new AgentId(who.Person.Id!.Value)) is { Chair: not Chair.Offline };
}
