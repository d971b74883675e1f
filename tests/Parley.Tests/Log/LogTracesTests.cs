using System.Collections.Concurrent;
using System.Diagnostics;
using Parley.Log;
using Parley.Specs.Engines;
using Shouldly;

namespace Parley.Tests.Log;

public class LogTracesTests
{
    [SkippableFact]
    public async Task A_transaction_tells_of_those_too_who_were_taken_along()
    {
        await using var engine = await PostgresEngine.Make();
        await using var rig = await DeskRig.Start(pumped: true, engine.Open());
        var ana = ContactId.New(rig.Time);
        var it = await rig.Warm(rig.Desk, ana);
        var ended = new ConcurrentQueue<Activity>();
        using var requests = new ActivitySource(nameof(LogTracesTests));
        using var listening = new ActivityListener
        {
            ShouldListenTo = source => source.Name is LogTraces.SourceName or nameof(LogTracesTests),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listening);
        using var request = requests.StartActivity("request").ShouldNotBeNull();

        var answers = new List<Task<Outcome>> { rig.Desk.Handle(rig.Post(it, ana, "0")).AsTask() };
        await rig.Crowd(rig.Desk, answers, rig.Post(it, ana, "1"));
        (await rig.Crowd(rig.Desk, answers, rig.Post(it, ana, "2"), rig.Post(it, ana, "3"))).ShouldBe(3);
        await Task.WhenAll(answers);

        var mine = ended.Where(span => span.TraceId == request.TraceId).ToList();
        var batch = mine.Last(span => span.OperationName == "batch");
        batch.GetTagItem("parley.commands").ShouldBe(3);
        var doors = mine.Where(span => span.OperationName == "command Post").Select(span => span.SpanId).ToList();
        doors.Count.ShouldBe(4);
        batch.Links.Select(link => link.Context.SpanId).Append(batch.ParentSpanId).ShouldBeSubsetOf(doors);
        batch.Links.Count().ShouldBe(2);
    }
}
