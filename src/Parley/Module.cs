using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Store;

namespace Parley;

/// <summary>What a module brings to the product: its tables, its kinds of subjects and entries, its services, its routes. One line in <see cref="Product"/> each.</summary>
public sealed record Module(string Name)
{
    public IReadOnlyList<Migration> Migrations { get; init; } = [];

    public IReadOnlyList<EntryType> Entries { get; init; } = [];

    public IReadOnlyList<SubjectKind> Kinds { get; init; } = [];

    public Action<IServiceCollection> Add { get; init; } = _ => { };

    public Action<IEndpointRouteBuilder> Map { get; init; } = _ => { };
}
