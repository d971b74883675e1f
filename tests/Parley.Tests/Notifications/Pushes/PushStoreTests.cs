using Microsoft.Extensions.DependencyInjection;
using Parley.Notifications.Pushes;
using Parley.Platform.Store;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Notifications.Pushes;

public class PushStoreTests
{
    [Fact]
    public async Task Where_nothing_is_due_nothing_is_found_and_that_is_no_fault()
    {
        await using var it = await Lighthouse.Open();
        (await it.Services.GetRequiredService<Database>().Read(session => PushStore.Due(session, it.Clock.GetUtcNow(), 10))).ShouldBeEmpty();
    }
}
