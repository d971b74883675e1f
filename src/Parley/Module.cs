using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Platform.Settings;
using Parley.Platform.Store;

namespace Parley;

/// <summary>What a module brings to the product: its tables, its kinds of subjects and entries, its settings, its services, its routes. One line in <see cref="Product"/> each.</summary>
public sealed record Module(string Name)
{
    public IReadOnlyList<Migration> Migrations { get; init; } = [];

    /// <summary>Tables that a backup leaves out: made anew from the log, kept in another way, or of this moment only.</summary>
    public IReadOnlyList<string> Passing { get; init; } = [];

    public IReadOnlyList<EntryType> Entries { get; init; } = [];

    public IReadOnlyList<SubjectKind> Kinds { get; init; } = [];

    /// <summary>What can be set; each section's record is handed to whoever asks the services for it.</summary>
    public IReadOnlyList<SettingsSection> Settings { get; init; } = [];

    public Action<IServiceCollection> Add { get; init; } = _ => { };

    /// <summary>What every request passes before anybody asks who it comes from, in the order of the catalog.</summary>
    public Action<IApplicationBuilder> Before { get; init; } = _ => { };

    /// <summary>What every request passes after it was routed and before its route runs, in the order of the catalog.</summary>
    public Action<IApplicationBuilder> Use { get; init; } = _ => { };

    public Action<IEndpointRouteBuilder> Map { get; init; } = _ => { };
}
