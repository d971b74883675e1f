using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parley.Inbox.Lists;
using Parley.Log;

namespace Parley.Inbox;

/// <summary>The agents' read side: lists, counts, search. All of it is made from the log and can be made anew from it.</summary>
public static class InboxModule
{
    public static readonly Module Module = new("Inbox")
    {
        Migrations = [new(50, "inbox", SummaryStore.Ddl)],
        Add = services =>
        {
            services.AddSingleton<SummaryChanges>();
            services.AddSingleton<SummaryReader>();
            services.AddSingleton<IReader>(provider => provider.GetRequiredService<SummaryReader>());
            services.AddSingleton<SummaryWire>();
            services.AddSingleton<ListReading>();
            services.AddSingleton<UnreadStore>();
            services.AddSingleton<InboxReading>();
            services.AddSingleton(provider =>
            {
                var own = new OwnWrites(provider.GetRequiredService<Following>());
                provider.GetRequiredService<Fanout>().Listen(own.Hear);
                return own;
            });
        },
        Map = InboxApi.Map,
    };
}
