using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Store;

namespace Parley.Channels;

/// <summary>What a channel has of its own in the server beside what all have: tables, services, routes. Most have nothing.</summary>
public sealed record ChannelParts
{
    /// <summary>Numbered among those of the whole product.</summary>
    public IReadOnlyList<Migration> Migrations { get; init; } = [];

    public Action<IServiceCollection> Add { get; init; } = _ => { };

    public Action<IEndpointRouteBuilder> Map { get; init; } = _ => { };
}
