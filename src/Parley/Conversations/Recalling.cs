using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Who knows a customer already: whose they are, and who had their last matter.</summary>
internal sealed class Recalling(People people, Desk desk, ITrail trail)
{
    /// <summary>Who was talked with longer ago than so many threads is as good as new.</summary>
    private const int Looked = 5;

    public People People => people;

    /// <summary>Where they were seen last, as far as that was noted.</summary>
    public async ValueTask<string?> Page(VisitorPrincipal who) => (await trail.Page(who.Workspace, [who.Visitor, who.Person], inboxes: null))?.Url;

    /// <param name="holder">Who has the thread in which they begin another matter.</param>
    public async ValueTask<(AgentId? Owner, AgentId? Last)> Of(VisitorPrincipal who, AgentId? holder)
    {
        var person = await people.State(who.Workspace, who.Person);
        if (person is null || (person.Owner is null && person.Threads.IsEmpty && person.Joined.IsEmpty))
        {
            return (null, holder);
        }

        return (person.Owner, holder ?? await Last(who));
    }

    private async ValueTask<AgentId?> Last(VisitorPrincipal who)
    {
        var threads = new List<OpenedThread>();
        foreach (var contact in who.Contacts)
        {
            threads.AddRange((await people.State(who.Workspace, contact))?.Threads ?? []);
        }

        AgentId? last = null;
        var latest = DateTimeOffset.MinValue;
        foreach (var thread in threads.OrderByDescending(thread => thread.At).Take(Looked))
        {
            if (await desk.Look(who.Workspace, Conversation.Subject(thread.Thread)) is { State: Conversation { Agent: { } agent, SaidAt: { } said, Erased: false, Spam: false } } && said > latest)
            {
                (last, latest) = (agent, said);
            }
        }

        return last;
    }
}
