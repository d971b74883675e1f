using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Conversations;
using Parley.Inbox.Lists;
using Parley.Inbox.Searching;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Tests.Log;
using Parley.Workspaces;

namespace Parley.Tests.Inbox;

/// <summary>The agents' read side over a Desk, stepped by hand.</summary>
internal sealed class InboxRig : IAsyncDisposable
{
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private int _made;

    private InboxRig(DeskRig desk)
    {
        Desk = desk;
        Index = new SearchIndex(desk.Database, desk.Time);
        Lists = new ListReading(desk.Database, desk.Reader, desk.Desk);
        Searches = new Searches(Index, Lists, desk.Reader);
        Following = new Following(
            [new SummaryReader(desk.Database, desk.Desk, desk.Reader, Changes), new SearchReader(Index, desk.Reader)], desk.Database, desk.Reader, desk.Fanout, new ReaderSettings(), desk.Time,
            _metrics.GetRequiredService<IMeterFactory>(), NullLogger<Following>.Instance);
    }

    public DeskRig Desk { get; }

    public SearchIndex Index { get; }

    public ListReading Lists { get; }

    public Searches Searches { get; }

    public SummaryChanges Changes { get; } = new(new Parley.Platform.Fanout.LocalBus());

    public Following Following { get; }

    public InboxId Shop { get; } = InboxId.From(Id(2));

    public InboxId Wharf { get; } = InboxId.From(Id(3));

    public AgentId Kim { get; } = AgentId.From(Id(10));

    public AgentId Noor { get; } = AgentId.From(Id(11));

    public TeamId Sails { get; } = TeamId.From(Id(20));

    public ContactId Ana { get; } = ContactId.From(Id(30));

    public static async Task<InboxRig> Start()
    {
        var desk = await DeskRig.Start();
        await desk.Database.Write(session => session.Execute(desk.Database.Dialect.Ddl(SummaryStore.Ddl)));
        return new InboxRig(desk);
    }

    public AgentPrincipal As(AgentId agent, params InboxId[] open) => new(Desk.Workspace, agent, Role.Agent, open.Length == 0 ? null : [.. open], 0);

    public Origin By(AgentId agent) => new(Desk.Workspace, new Author(AuthorKind.Agent, agent.Value), $"{_made++}");

    public Origin ByAna() => new(Desk.Workspace, new Author(AuthorKind.Contact, Ana.Value), $"{_made++}");

    public async Task<ConversationId> Opened(string text = "Hello", InboxId? inbox = null)
    {
        var open = Desk.Open(Ana, $"{_made++}", text) with { Inbox = inbox ?? Shop };
        return new ConversationId((await Do(open)).Subject.Id);
    }

    public async Task<Outcome> Do(Command command) => await Desk.Desk.Handle(command);

    public Post Said(ConversationId id, Origin by, string text) => new(by, id, Content.Of(text), new Terms("blended", 72));

    /// <summary>Lets the readers catch up.</summary>
    public async Task Read()
    {
        while (await Following.Step() > 0)
        {
        }
    }

    public async Task<List<Summary>> List(AgentPrincipal who, string view, int limit = 50) => (await Lists.List(who, new ListQuery { View = View.Parse(view) }, limit)).Items;

    public async ValueTask DisposeAsync()
    {
        Following.Dispose();
        await Index.DisposeAsync();
        await _metrics.DisposeAsync();
        await Desk.DisposeAsync();
    }

    private static byte[] Id(byte last) => [.. new byte[15], last];
}
