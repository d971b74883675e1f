namespace Parley.Routing;

/// <summary>Who gets what waits.</summary>
public static class RoutingModule
{
    public static readonly Module Module = new("Routing");
}
