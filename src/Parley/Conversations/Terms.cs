using System.Text.Json.Serialization;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>The rules that were in force when the episode opened, or when talk was last begun or sought in it; they hold until that is over, whatever the inbox is set to meanwhile.</summary>
public sealed record Terms(string Profile, int ReopenHours)
{
    /// <summary>Of a conversation in which no episode has opened yet.</summary>
    public static readonly Terms Usual = new("blended", 72);

    private static readonly Policy Strict = Policy.Of(Workspaces.Profile.StrictLive);
    private static readonly Policy Messaging = Policy.Of(Workspaces.Profile.Messaging);
    private static readonly Policy Blended = Policy.Of(Workspaces.Profile.Blended);

    /// <summary>Where the inbox differed from its profile; null: nowhere.</summary>
    public Switches? Switches { get; init; }

    /// <summary>Whether this matter is talked about, where a rule of the inbox said so; null: as the inbox has it.</summary>
    public bool? Live { get; init; }

    /// <summary>The first seq that the customer may see, where what was before is hidden from them.</summary>
    public long? CustomerSeesFrom { get; init; }

    /// <summary>What they come to. Asked of every message, so what is as the profile has it is not made anew.</summary>
    [JsonIgnore]
    public Policy Policy => Live is not { } live ? Plain : Plain.LiveAllowed == live ? Plain : Policy.Of(Plain.Profile, (Switches ?? new Switches()) with { LiveAllowed = live });

    /// <summary>The same rules for a matter of this pace.</summary>
    public Terms At(Pace? pace) => pace is { } asked ? this with { Live = asked == Pace.Live } : this;

    private Policy Plain => (Profile, Switches) switch
    {
        ("strictLive", null) => Strict,
        ("messaging", null) => Messaging,
        (_, null) => Blended,
        ("strictLive", _) => Policy.Of(Workspaces.Profile.StrictLive, Switches),
        ("messaging", _) => Policy.Of(Workspaces.Profile.Messaging, Switches),
        _ => Policy.Of(Workspaces.Profile.Blended, Switches),
    };

    /// <summary>The same rules, whatever the customer may see.</summary>
    public bool Same(Terms other) => (Profile, ReopenHours, Switches, Live) == (other.Profile, other.ReopenHours, other.Switches, other.Live);

    public static Terms Of(InboxSettings inbox) => new(Named(inbox.Profile), inbox.ReopenHours) { Switches = inbox.Switches };

    /// <summary>Asked of every message: the usual names are not made anew.</summary>
    private static string Named(Profile profile) => profile switch
    {
        Workspaces.Profile.StrictLive => "strictLive",
        Workspaces.Profile.Messaging => "messaging",
        Workspaces.Profile.Blended => "blended",
        _ => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(profile.ToString()),
    };
}
