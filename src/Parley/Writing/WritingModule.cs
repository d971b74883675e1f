using Microsoft.Extensions.DependencyInjection;
using Parley.Log;
using Parley.Writing.Drafts;
using Parley.Writing.Macros;
using Parley.Writing.Replies;

namespace Parley.Writing;

/// <summary>What helps agents to write.</summary>
public static class WritingModule
{
    public static readonly Module Module = new("Writing")
    {
        Migrations = [new(100, "drafts", DraftStore.Ddl), new(101, "replies", ReplyStore.Ddl), new(102, "macros", MacroStore.Ddl)],
        Add = services =>
        {
            services.AddSingleton<IReader, DraftPurging>();
            services.AddSingleton<IReader, DraftMoving>();
            services.AddSingleton<Rendering>();
            services.AddSingleton<Doing>();
            services.AddSingleton<Stocking>();
        },
        Map = routes =>
        {
            DraftsApi.Map(routes);
            RepliesApi.Map(routes);
            MacrosApi.Map(routes);
            BulkApi.Map(routes);
        },
    };
}
