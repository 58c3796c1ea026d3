export const own = {
  notifications: {
    about: '未勾选的事项不会出现在您的首页，但仍待处理：同事仍可看到，首页会显示其数量。',
    alerts: '提醒',
    choose: '设置',
    waits: '待您处理的事项',
  },
  sessions: { here: '当前', title: '登录位置' },
};
