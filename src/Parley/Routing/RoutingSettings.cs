using System.ComponentModel;

namespace Parley.Routing;

/// <summary>Who of several agents with room is asked first.</summary>
public enum RoutingPolicy { LeastLoaded, RoundRobin }

/// <summary>How what waits is given to agents.</summary>
public sealed record RoutingSettings(
    [Description("Who of several with room is asked first: leastLoaded, or roundRobin (in turns).")] RoutingPolicy Policy = RoutingPolicy.LeastLoaded);
