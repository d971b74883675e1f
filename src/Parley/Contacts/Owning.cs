using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Contacts;

/// <summary>Whose customer this is from now on; null: nobody's.</summary>
public sealed record OwnerSet(AgentId? Agent, AgentId? From) : EntryBody;

/// <summary>Says whose customer somebody is: what they write goes to that agent first, where a rule or an inbox asks for it.</summary>
/// <param name="Known">Whether there is such an agent.</param>
public sealed record SetOwner(Origin Origin, [property: JsonIgnore] ContactId Id, AgentId? Agent, [property: JsonIgnore] bool Known = true) : ContactCommand(Origin, Id);

internal static class Owning
{
    public static Decision Decide(Contact it, SetOwner set) =>
        set is { Agent: not null, Known: false } ? new Refusal("agent.unknown", "There is no such agent.", 400) { Errors = [new("agent", "unknown", "There is no such agent.")] }
        : set.Agent == it.Owner ? Decision.Nothing
        : new OwnerSet(set.Agent, it.Owner);
}
