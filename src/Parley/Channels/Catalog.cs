using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Parley.Channels;

/// <summary>Every channel there is, one line each. The web stands in none: its adapter is the widget.</summary>
public sealed class Catalog(IEnumerable<Channel> channels)
{
    private static readonly Type[] All =
    [
        // What most want stands first: so they are offered.
        typeof(Email.EmailChannel),
        typeof(Generic.GenericChannel),
    ];

    /// <summary>What some of them have of their own in the server.</summary>
    internal static readonly IReadOnlyList<ChannelParts> Parts = [Email.EmailParts.All];

    private readonly FrozenDictionary<string, Channel> _channels = channels.ToFrozenDictionary(channel => channel.Kind);

    /// <summary>In the order of the catalog.</summary>
    public IEnumerable<Channel> Channels => All.Select(type => _channels.Values.First(channel => channel.GetType() == type)).Concat(_channels.Values.Where(channel => !All.Contains(channel.GetType())));

    public Channel? Find(string kind) => _channels.GetValueOrDefault(kind);

    internal static void Add(IServiceCollection services)
    {
        foreach (var type in All)
        {
            services.AddSingleton(type);
            services.AddSingleton(provider => (Channel)provider.GetRequiredService(type));
            if (type.IsAssignableTo(typeof(IHostedService)))
            {
                services.AddSingleton(provider => (IHostedService)provider.GetRequiredService(type));
            }
        }

        services.AddSingleton<Catalog>();
    }
}
