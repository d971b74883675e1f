namespace Parley.Figures.Promises;

/// <summary>
/// How long answers take in one situation of one inbox, learned from the last ones. In what unit is the caller's: seconds, or parts of what the pace of a
/// queue had said. Without a clock or a store; not for several threads at once. Why it is so: docs/adr/0013.
/// <para>
/// Two steps. First the quantile of the last <see cref="Window"/> promises, by the estimate of Kaplan and Meier (J. Am. Stat. Assoc. 53, 1958): who still waits has
/// waited at least so long, so that slow days show at once and not when they are over; one more who would wait for ever stands for the answer that is to be
/// promised (Vovk, Gammerman, Shafer: Algorithmic Learning in a Random World, 2005). Then what was said too much or too little of late, level by level: with each
/// outcome the logarithm of a factor moves by <see cref="Step"/> × (missed − what may be missed), which keeps the share that is kept at the level however the times
/// shift (Gibbs, Candès: Adaptive Conformal Inference, 2021; Angelopoulos, Candès, Tibshirani: Conformal PID Control, 2023, "quantile tracking").
/// </para>
/// </summary>
internal sealed class Alike
{
    /// <summary>With fewer answers nothing is said to be learned.</summary>
    public const int Fewest = 30;

    /// <summary>What was longer ago says less of now than it blurs.</summary>
    public const int Window = 80;

    private const double Step = 0.05;

    /// <summary>Three times as long, or a third: many who wait since the same bad hour must not count as if they were many bad hours.</summary>
    private static readonly double Furthest = Math.Log(3);

    private static readonly double[] Levels = [0.5, 0.8, 0.9];

    private readonly List<Wait> _waits = [];
    private readonly Dictionary<Guid, Wait> _open = [];
    private readonly double[] _shift = new double[Levels.Length];
    private int _answers;

    /// <summary>How many answers were alike.</summary>
    public int Answers => _answers;

    /// <summary>Somebody begins to wait.</summary>
    /// <param name="id">Of whom waits: whoever begins anew waits no longer as before.</param>
    /// <param name="since">By the clock of their inbox, which stands still while it is closed.</param>
    /// <param name="scale">One unit of what is learned.</param>
    /// <param name="said">What was said of the three levels; null where nothing was learned yet.</param>
    public void Begin(Guid id, TimeSpan since, TimeSpan scale, double[]? said)
    {
        Drop(id);
        var wait = new Wait(since, scale.TotalSeconds, said);
        _open[id] = wait;
        _waits.Add(wait);
        if (_waits.Count > Window)
        {
            _waits.RemoveAt(0);
        }
    }

    /// <summary>They have their answer.</summary>
    public void Settle(Guid id, TimeSpan took)
    {
        if (!_open.Remove(id, out var wait))
        {
            return;
        }

        wait.Took = took.TotalSeconds / wait.Scale;
        _answers++;
        Learn(wait, wait.Took.Value, over: true);
    }

    /// <summary>They wait no longer, and nobody answered: that says nothing of how long it takes.</summary>
    public void Drop(Guid id)
    {
        if (_open.Remove(id, out var wait))
        {
            _waits.Remove(wait);
        }
    }

    /// <summary>In which an answer is there with the likelihood of each level; null while fewer than <see cref="Fewest"/> were alike.</summary>
    /// <param name="now">By the clock of the inbox.</param>
    /// <param name="waited">How long they have waited already, in the same unit as is learned: then it is said how much longer it takes.</param>
    public double[]? Quantiles(TimeSpan now, double waited = 0)
    {
        foreach (var wait in _open.Values)
        {
            Learn(wait, Elapsed(wait, now), over: false);
        }

        // None is left where so many came at once that they filled the window, and all of them went unanswered.
        if (_answers < Fewest || _waits.Count == 0)
        {
            return null;
        }

        var (curve, longest) = (Curve(now), _waits.Max(wait => Elapsed(wait, now)));
        var left = curve.LastOrDefault(step => step.Time <= waited) is { Time: > 0 } passed ? passed.Left : 1;
        var found = new double[Levels.Length];
        for (var level = 0; level < Levels.Length; level++)
        {
            var target = left * (1 - Levels[level]);
            var at = curve.FirstOrDefault(step => step.Time > waited && step.Left <= target + 1e-9) is { Time: > 0 } step ? step.Time : Math.Max(longest, 2 * waited);
            var value = (at - waited) * Math.Exp(_shift[level]);
            found[level] = level == 0 ? value : Math.Max(value, found[level - 1]);
        }

        return found;
    }

    /// <summary>Which part still waits after which time, at every time at which somebody was answered.</summary>
    private List<(double Time, double Left)> Curve(TimeSpan now)
    {
        var times = _waits.ConvertAll(wait => (Time: Elapsed(wait, now), Answered: wait.Took is not null));
        times.Sort(static (one, other) => one.Time.CompareTo(other.Time));
        var curve = new List<(double, double)>(times.Count);
        var (left, risk) = (1.0, times.Count + 1);
        foreach (var (time, answered) in times)
        {
            if (answered)
            {
                left *= 1 - (1.0 / risk);
                // No time at all is a time too: what is learned begins above it.
                curve.Add((Math.Max(time, 1e-6), left));
            }

            risk--;
        }

        return curve;
    }

    private static double Elapsed(Wait wait, TimeSpan now) => wait.Took ?? Math.Max(0, (now - wait.Since).TotalSeconds / wait.Scale);

    /// <summary>What was said is held against what came of it, each level once: as soon as it is known, which is when more time than that has passed.</summary>
    private void Learn(Wait wait, double time, bool over)
    {
        for (var level = 0; wait.Said is { } said && level < Levels.Length; level++)
        {
            var missed = time > said[level];
            if ((over || missed) && !wait.Known[level])
            {
                wait.Known[level] = true;
                _shift[level] = Math.Clamp(_shift[level] + (Step * ((missed ? 1 : 0) - (1 - Levels[level]))), -Furthest, Furthest);
            }
        }
    }

    /// <param name="Since">By the clock of their inbox.</param>
    /// <param name="Scale">Seconds in a unit.</param>
    private sealed class Wait(TimeSpan since, double scale, double[]? said)
    {
        public TimeSpan Since => since;

        public double Scale => scale;

        public double[]? Said => said;

        public bool[] Known { get; } = new bool[Levels.Length];

        public double? Took { get; set; }
    }
}
